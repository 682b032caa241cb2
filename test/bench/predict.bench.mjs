import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ROUNDS = 200;
const PIXELS = 64;
const root = join(import.meta.dirname, '..', '..');
const dist = join(root, 'dist');
const execute = promisify(execFile);

/** How long a person waits for the answer to an input: one prediction of a small CNN by TensorFlow.js on WebAssembly, its process included. */
export default {
  name: 'a prediction outside the container',
  async run() {
    const python = process.env.HONE_TEST_PYTHON;
    if (python === undefined) return [];
    const folder = await mkdtemp(join(tmpdir(), 'hone-bench-'));
    try {
      await cp(join(root, 'media', 'samples', 'digits-cnn'), folder, { recursive: true });
      const options = ['train', 'train.py', '--runtime', 'local', '--name', 'predict', '--json'];
      const env = { ...process.env, HONE_PYTHON: python };
      const { stdout } = await execute(process.execPath, [join(dist, 'cli.js'), ...options], { cwd: folder, env });
      const { study } = JSON.parse(stdout);
      const times = await predictOften(join(folder, '.hone', 'studies', study, 'trials', '0', 'evaluation', 'model'));
      const sorted = times.toSorted((a, b) => a - b);
      const [middle, worst] = [sorted[Math.floor(ROUNDS / 2)], sorted[Math.floor(ROUNDS * 0.95)]];
      return [
        {
          name: 'prediction of a small CNN',
          value: middle,
          unit: 'ms',
          goal: 'under 50 ms',
          ok: worst < 50,
          detail: `95 of 100 within ${worst.toFixed(1)} ms, of ${ROUNDS}; digits-cnn`,
        },
      ];
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function predictOften(model) {
  const child = fork(join(dist, 'predictor.js'), [join(dist, 'tfjs'), ''], { serialization: 'advanced' });
  try {
    await ask(child, { type: 'load', folder: model });
    const times = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const inputs = Float32Array.from({ length: PIXELS }, () => Math.random());
      const startedAt = performance.now();
      await ask(child, { type: 'predict', inputs, shape: [1, 8, 8, 1] });
      times.push(performance.now() - startedAt);
    }
    return times;
  } finally {
    child.kill();
  }
}

async function ask(child, message) {
  child.send(message);
  const [answer] = await once(child, 'message');
  if (answer.type === 'failed') throw new Error(answer.reason);
  return answer;
}
