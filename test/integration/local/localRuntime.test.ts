import { fileURLToPath } from 'node:url';
import { describe } from 'vitest';
import { createLocalRuntime } from '../../../src/adapters/local/createLocalRuntime.ts';
import { describeRuntime } from '../../contracts/runtimeContract.ts';

const interpreter = process.env['HONE_TEST_PYTHON'];
const runnerDirectory = fileURLToPath(new URL('../../../docker/runner', import.meta.url));

describe.skipIf(interpreter === undefined)('the local runtime', () => {
  describeRuntime('in an interpreter', () => ({
    runtime: createLocalRuntime({ runnerDirectory }),
    plan: { runtime: 'local', image: null, interpreter: interpreter ?? null },
  }));
});
