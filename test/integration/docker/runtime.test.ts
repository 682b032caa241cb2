import { describe } from 'vitest';
import { createDockerRuntime } from '../../../src/adapters/docker/createDockerRuntime.ts';
import { recipeForImage } from '../../../src/core/images/recipeForImage.ts';
import { describeRuntime } from '../../contracts/runtimeContract.ts';
import { dockerDirectory, engineIsAbsent, plainImage, settings } from './testEngine.ts';

describe.skipIf(await engineIsAbsent())('with a real engine', () => {
  for (const transfer of ['bind', 'volume'] as const) {
    describeRuntime(`Docker by ${transfer}`, () => ({
      runtime: createDockerRuntime({ settings, dockerDirectory, host: null, transfer }),
      plan: { runtime: 'docker', image: recipeForImage(plainImage), interpreter: null },
    }));
  }
});
