import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pythonEnvironment } from '../../scripts/pythonEnvironment.mjs';

const GOAL_MICROSECONDS = 10;
const root = join(import.meta.dirname, '..', '..');

/** What the hooks cost a training step: the same training with them and without, in one process of the plain runner. */
export default {
  name: 'hook cost a step',
  async run() {
    const requirements = join(root, 'test', 'requirements.txt');
    const python = await pythonEnvironment('venv', requirements, (sentence) => console.log(sentence));
    if (python === null) return [];
    const { status, stdout, stderr } = spawnSync(python, ['-m', 'hone_runner'], {
      cwd: import.meta.dirname,
      env: { ...process.env, PYTHONPATH: join(root, 'docker', 'runner'), HONE_SCRIPT: 'hookCost.py' },
      encoding: 'utf8',
    });
    const measured = stdout.split('\n').find((line) => line.startsWith('{'));
    if (status !== 0 || measured === undefined) throw new Error(`hookCost.py failed: ${stderr}`);
    return Object.entries(JSON.parse(measured)).map(([name, seconds]) => compare(name, seconds));
  },
};

function compare(name, seconds) {
  const value = seconds.added * 1e6;
  const plain = seconds.without * 1e6;
  return {
    name: `hook cost: ${name}`,
    value,
    unit: 'µs',
    goal: `at most ${GOAL_MICROSECONDS} µs a step`,
    ok: value <= GOAL_MICROSECONDS,
    detail: `a step takes ${plain.toFixed(1)} µs without hooks, ${((plain + value) / plain).toFixed(3)}× with them`,
  };
}
