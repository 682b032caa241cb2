import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ROUNDS = 5;
const root = join(import.meta.dirname, '..', '..');
const execute = promisify(execFile);

/** What Hone adds to a run: `train` once its image is built, against `docker run` of the same image and script. */
export default {
  name: 'second train against docker run',
  async run() {
    if (!process.env.HONE_TEST_DOCKER) return [];
    const folder = await mkdtemp(join(tmpdir(), 'hone-bench-'));
    try {
      await cp(join(root, 'media', 'samples', 'digits-sklearn'), folder, { recursive: true });
      const { image } = JSON.parse((await train(folder)).stdout);
      const trained = [];
      const bare = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        bare.push(await secondsOf(() => runBare(image, folder)));
        trained.push(await secondsOf(() => train(folder)));
      }
      return [compare(median(trained), median(bare))];
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

function compare(trained, bare) {
  const added = trained - bare;
  return {
    name: 'second train / docker run',
    value: trained / bare,
    unit: 'x',
    goal: 'adds at most 1 s + 2 %',
    ok: added <= 1 + 0.02 * bare,
    detail: `${trained.toFixed(2)} s against ${bare.toFixed(2)} s, ${added.toFixed(2)} s more; medians of ${ROUNDS}, digits-sklearn`,
  };
}

function train(folder) {
  const options = ['train', 'train.py', '--runtime', 'docker', '--json'];
  return execute(process.execPath, [join(root, 'dist', 'cli.js'), ...options], { cwd: folder });
}

function runBare(image, folder) {
  const mount = ['--volume', `${folder}:/workspace:ro`, '--workdir', '/workspace'];
  const user = process.getuid === undefined ? [] : ['--user', `${process.getuid()}:${process.getgid()}`];
  return execute('docker', ['run', '--rm', '--network', 'none', ...user, ...mount, '--entrypoint', 'python', image, 'train.py']);
}

async function secondsOf(action) {
  const start = performance.now();
  await action();
  return (performance.now() - start) / 1000;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
