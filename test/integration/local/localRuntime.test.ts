import { fileURLToPath } from 'node:url';
import { describe } from 'vitest';
import { createLocalRuntime } from '../../../src/adapters/local/createLocalRuntime.ts';
import { DEFAULT_IMAGE_SETTINGS } from '../../../src/core/images/ImageSettings.ts';
import { describeRuntime } from '../../contracts/runtimeContract.ts';

const interpreter = process.env['HONE_TEST_PYTHON'];
const runnerDirectory = fileURLToPath(new URL('../../../docker/runner', import.meta.url));

describe.skipIf(interpreter === undefined)('the local runtime', () => {
  describeRuntime('in an interpreter', () => ({
    runtime: createLocalRuntime({ runnerDirectory, settings: DEFAULT_IMAGE_SETTINGS, environmentsDirectory: '/nowhere' }),
    plan: { runtime: 'local', image: null, interpreter: interpreter ?? null },
  }));
});
