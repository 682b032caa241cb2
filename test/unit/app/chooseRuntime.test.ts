import { expect, test } from 'vitest';
import { blameEngine } from '../../../src/app/blameEngine.ts';
import { chooseRuntime } from '../../../src/app/chooseRuntime.ts';
import { HoneError } from '../../../src/base/HoneError.ts';
import type { HonePorts } from '../../../src/core/ports/HonePorts.ts';

const down = { available: false, text: 'Docker is installed but not running.', next: 'Start Docker.' };
const noPython = new HoneError('no-interpreter', 'There is no Python.', { next: 'Install one.' });
const noTorch = new HoneError('framework-absent', 'python3 has no PyTorch.', { next: 'Install it.' });

function portsWith(findInterpreter: () => Promise<string>): HonePorts {
  return { checkEngine: async () => down, findInterpreter } as unknown as HonePorts;
}

test('where neither an engine nor Python is there, both are said', async () => {
  const ports = portsWith(() => Promise.reject(noPython));
  await expect(chooseRuntime(ports, 'auto', '/w', {})).rejects.toMatchObject({
    code: 'no-interpreter',
    message: 'There is no Python. Docker is installed but not running.',
    next: 'Install one. Or mend Docker: `hone doctor` tells how.',
  });
  await expect(chooseRuntime(ports, 'local', '/w', {})).rejects.toBe(noPython);
});

test('where the engine is down, Python that lacks the framework is not all that is said', async () => {
  const { lacking } = await chooseRuntime(
    portsWith(async () => 'python3'),
    'auto',
    '/w',
    {},
  );
  expect(() => blameEngine(lacking)(noTorch)).toThrow('python3 has no PyTorch. Docker is installed but not running.');
  expect(() => blameEngine(null)(noTorch)).toThrow(noTorch);
});
