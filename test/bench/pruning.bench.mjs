import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createSpaceReader } from '../../src/adapters/scanner/createSpaceReader.ts';
import { dimensionsOf } from '../../src/core/study/dimensionsOf.ts';
import { verdict } from '../../src/core/study/verdict.ts';
import { buildPlan } from '../fakes/buildPlan.ts';
import { playStudy } from '../fakes/simulateStudy.ts';
import { withOptuna } from './localOptuna.mjs';
import { talkTo } from './talkTo.mjs';

const root = join(import.meta.dirname, '..', '..');
const studies = join(import.meta.dirname, 'studies');
const QUICK = { scripts: [join(studies, 'dense.py')], trials: 25, seeds: [1] };
const FULL = {
  scripts: [...QUICK.scripts, join(root, 'media', 'samples', 'digits-cnn', 'train.py')],
  trials: 40,
  seeds: [1, 2, 3],
};
const GOALS = { epochs: 0.5, points: 0.5 };
const python = process.env.HONE_TEST_PYTHON;
const never = new AbortController().signal;

/**
 * Epochs that the search trials of a study run with pruning against without, and what the best is worth: real trainings with Keras, the decisions of a
 * real study, no container. Both searches draw on the same trainings as long as they agree. With `--full` of another script, too, on more seeds.
 */
export default {
  name: 'pruning',
  async run({ full }) {
    if (python === undefined) return [];
    const trainer = talkTo(python, [join(studies, 'curves.py')]);
    const { scripts, trials, seeds } = full ? FULL : QUICK;
    const pairs = [];
    await withOptuna(python, async (suggester) => {
      for (const script of scripts) {
        const task = await readTask(script, trainer);
        for (const seed of seeds) {
          const limits = { trials, seed };
          const pruned = await search(task, limits, suggester, verdict);
          const whole = await search(task, limits, suggester, () => null);
          pairs.push({ pruned, whole });
          console.log(`  ${script.slice(root.length + 1)}: ${told(pruned)} with, ${told(whole)} without`);
        }
      }
    }).finally(() => trainer.stop());
    return rowsOf(pairs, trials);
  },
};

function rowsOf(pairs, trials) {
  const sum = (arm) => pairs.reduce((total, pair) => total + pair[arm].epochs, 0);
  const ratio = sum('pruned') / sum('whole');
  const lost = pairs.reduce((total, { pruned, whole }) => total + 100 * (whole.best - pruned.best), 0) / pairs.length;
  return [
    {
      name: 'epochs with pruning, of those without',
      value: ratio,
      unit: '×',
      goal: `≤ ${GOALS.epochs}`,
      ok: ratio <= GOALS.epochs,
      detail: `${sum('pruned')} against ${sum('whole')} epochs of ${trials} trials in each of ${pairs.length} studies`,
    },
    {
      name: 'what the best loses by pruning',
      value: lost,
      unit: 'points',
      goal: `≤ ${GOALS.points}`,
      ok: lost <= GOALS.points,
      detail: 'accuracy on validation data, on average',
    },
  ];
}

async function readTask(path, trainer) {
  const reader = createSpaceReader({ distDirectory: join(root, 'dist') });
  const dimensions = dimensionsOf(await reader.read(path, dirname(path)));
  const source = await readFile(path, 'utf8');
  const known = new Map();
  const train = async ({ assignment, seed, trial, repeat }) => {
    const order = { code: (await reader.edit(path, dirname(path), assignment, null))[path.split('/').at(-1)] ?? source };
    const key = JSON.stringify([order.code, seed, repeat]);
    if (!known.has(key)) known.set(key, await trainer.ask({ ...order, seed: seed ?? trial }));
    const { value, epochs } = known.get(key);
    return { value, epochs, validation: epochs.at(-1)?.val_accuracy, state: value === null ? 'failed' : 'complete' };
  };
  return { dimensions, train };
}

async function search({ dimensions, train }, { trials, seed }, suggester, judge) {
  const budget = { trials, minutes: 1e6, patience: 1000 };
  const study = playStudy(buildPlan({ dimensions, budget }, { seed }), () => null, judge);
  let step = study.next();
  while (step.done !== true) {
    const { value: need } = step;
    step = study.next(need.kind === 'trial' ? await train(need) : await suggester.suggest(need.request, never));
  }
  const tried = step.value.study.trials.filter(({ purpose }) => purpose === 'search' || purpose === 'baseline');
  const values = tried.filter(({ state }) => state === 'complete').map(({ epochs }) => epochs.at(-1)?.metrics.val_accuracy ?? 0);
  return { epochs: tried.reduce((total, { epochs }) => total + epochs.length, 0), best: Math.max(...values) };
}

function told({ epochs, best }) {
  return `${epochs} epochs to ${(100 * best).toFixed(1)} %`;
}
