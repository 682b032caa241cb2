import { join } from 'node:path';
import { withOptuna } from './localOptuna.mjs';
import { median, outputOf, tune, withFolder } from './studyRuns.mjs';

const GOAL = 1.05;
const SEEDS = [1, 2, 3, 4, 5];
const samples = join(import.meta.dirname, '..', '..', 'media', 'samples');
const byHand = join(import.meta.dirname, 'byHand');
const python = process.env.HONE_TEST_PYTHON;
const SAMPLE = { sample: 'digits-sklearn', program: 'digits_sklearn.py', target: '0.95' };
const NETWORK = { sample: 'digits-cnn', program: 'digits_cnn.py', target: '0.97' };

/**
 * A sample tuned until fresh seeds prove its target, against the study of the same script that an expert writes with Optuna, in one process: wall time,
 * and trials. Each is started anew for each seed, one after the other. With `--full` a network, too.
 */
export default {
  name: 'by hand',
  async run({ full }) {
    if (python === undefined) return [];
    const rows = [];
    await withOptuna(python, async (_suggester, optuna) => {
      const packages = (await outputOf(optuna, ['-c', 'import optuna; print(optuna.__path__[0])'])).trim();
      for (const task of full ? [SAMPLE, NETWORK] : [SAMPLE]) rows.push(...(await compare(task, join(packages, '..'))));
    });
    return rows;
  },
};

async function compare({ sample, program, target }, packages) {
  const [hone, hand] = [[], []];
  for (const seed of SEEDS) {
    hand.push(await searchByHand(program, seed, packages));
    hone.push(await withFolder(join(samples, sample), (folder) => searchWithHone(folder, target, seed)));
  }
  const of = (runs, what) => median(runs.map((run) => run[what]));
  const told = (runs, what) => runs.map((run) => Number(run[what].toPrecision(3))).join(' ');
  return ['seconds', 'trials'].map((what) => ({
    name: `${what} to a proved target, ${sample}`,
    value: of(hone, what) / of(hand, what),
    unit: '×',
    goal: `≤ ${GOAL}`,
    ok: of(hone, what) / of(hand, what) <= GOAL,
    detail: `${told(hone, what)} against ${told(hand, what)} by hand; medians of ${SEEDS.length} seeds; Hone proved ${hone.filter(({ reached }) => reached).length}`,
  }));
}

async function searchByHand(program, seed, packages) {
  const start = performance.now();
  const printed = await outputOf(python, [join(byHand, program), String(seed), packages]);
  return { seconds: (performance.now() - start) / 1000, ...JSON.parse(printed.trim().split('\n').at(-1)) };
}

async function searchWithHone(folder, target, seed) {
  const { document, seconds } = await tune(folder, 'train.py', '--runtime', 'local', '--target', target, '--seed', String(seed));
  return { seconds, trials: document.trials.length - 1, reached: document.state === 'target-reached' };
}
