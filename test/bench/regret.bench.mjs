import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createSpaceReader } from '../../src/adapters/scanner/createSpaceReader.ts';
import { dimensionsOf } from '../../src/core/study/dimensionsOf.ts';
import { fitInto } from '../../src/core/study/policy/stepValues.ts';
import { buildPlan } from '../fakes/buildPlan.ts';
import { simulateStudy } from '../fakes/simulateStudy.ts';
import { withOptuna } from './localOptuna.mjs';
import { talkTo } from './talkTo.mjs';

const TRIALS = 100;
const CHECKPOINTS = [25, 50, 100];
const SEEDS = [1, 2, 3, 4, 5];
const LEVELS = 5;
const PROGRAMS = ['evaluate.py', 'defaultTpe.py'];
/** The others, whose tables take minutes, are there to judge a change of the policy by that was not made with them in view. */
const QUICK = ['boosting.py', 'forest.py', 'logistic.py', 'svc.py', 'tree.py'];
const GOAL = 0.95;
const root = join(import.meta.dirname, '..', '..');
const scripts = join(import.meta.dirname, 'regret');
const python = process.env.HONE_TEST_PYTHON;
const never = new AbortController().signal;

/**
 * How far the best so far is from the best there is, after so many trials: Hone's search against Optuna's default TPE, random and a ladder. Each
 * objective is a plain script, tabulated on a grid of its own search space: without noise, the same start and space for all, paired by seed. With
 * `--full` on ten. The ratio is one of means: a script that starts near its best, such as forest.py, weighs most, so each one's regrets stand beside it.
 */
export default {
  name: 'regret',
  async run({ full }) {
    if (python === undefined) return [];
    const runs = [];
    await withOptuna(python, async (suggester, optuna) => {
      for (const name of full ? await tasks() : QUICK) {
        const task = await tabulate(name);
        console.log(
          `  ${name}: ${task.dimensions.length} dimensions, ${task.cells} cells, best ${task.best}, start ${task.start}`,
        );
        const ladder = regrets(task, await searchWith(task, 'ladder', 0, suggester));
        for (const seed of SEEDS) {
          runs.push({
            name,
            hone: regrets(task, await searchWith(task, 'tpe', seed, suggester)),
            tpe: regrets(task, await defaultTpe(task, seed, optuna)),
            random: regrets(task, await searchWith(task, 'random', seed, suggester)),
            ladder,
          });
        }
      }
    });
    return CHECKPOINTS.map((trials, index) => rowOf(runs, trials, index));
  },
};

async function tasks() {
  return (await readdir(scripts)).filter((file) => !PROGRAMS.includes(file) && file.endsWith('.py'));
}

function rowOf(runs, trials, index) {
  const mean = (who, of = runs) => of.reduce((sum, run) => sum + run[who][index], 0) / of.length;
  const ratio = mean('hone') / mean('tpe');
  const better = runs.filter(({ hone, tpe }) => hone[index] < tpe[index]).length;
  const worse = runs.filter(({ hone, tpe }) => hone[index] > tpe[index]).length;
  const percent = (who, of) => (100 * mean(who, of)).toFixed(1);
  const byScript = Map.groupBy(runs, ({ name }) => name.replace('.py', ''));
  const means = ['hone', 'tpe', 'random', 'ladder'].map((who) => `${who} ${percent(who)} %`);
  const pairs = [...byScript].map(([name, of]) => `${name} ${percent('hone', of)} : ${percent('tpe', of)}`);
  return {
    name: `regret after ${trials} trials, of Optuna's`,
    value: ratio,
    unit: '×',
    goal: `≤ ${GOAL}`,
    ok: ratio <= GOAL,
    detail: `${means.join(', ')} of the gain (hone : tpe by script: ${pairs.join(', ')}); better in ${better}, worse in ${worse} of ${runs.length}`,
  };
}

/** A script's values on a grid of its search space. */
async function tabulate(name) {
  const reader = createSpaceReader({ distDirectory: join(root, 'dist') });
  const path = join(scripts, name);
  // As ranges of the developer's own they are the same for all: a table has no values beyond them for a search that widens its ranges.
  const dimensions = dimensionsOf(await reader.read(path, scripts)).map((dimension) => ({ ...dimension, own: true }));
  const levels = new Map(dimensions.map((dimension) => [dimension.id, levelsOf(dimension)]));
  const evaluator = talkTo(python, [join(scripts, 'evaluate.py')]);
  const table = new Map();
  for (const cell of cellsOf(dimensions, levels)) {
    const files = await reader.edit(path, scripts, cell, null);
    table.set(keyOf(dimensions, cell), await evaluator.ask(files[name] ?? (await readFile(path, 'utf8'))));
  }
  evaluator.stop();
  const valueAt = (assignment) => {
    const cell = Object.fromEntries(
      dimensions.map((one) => [one.id, nearest(levels.get(one.id), assignment[one.id] ?? one.value, one)]),
    );
    return table.get(keyOf(dimensions, cell)) ?? null;
  };
  const values = [...table.values()].filter((value) => value !== null);
  return { dimensions, valueAt, cells: table.size, best: Math.max(...values), start: valueAt({}) };
}

function levelsOf(dimension) {
  const { range } = dimension;
  if (range.kind === 'categorical') return range.choices;
  const [low, high] = range.log ? [Math.log(range.low), Math.log(range.high)] : [range.low, range.high];
  const at = (index) => low + ((high - low) * index) / (LEVELS - 1);
  const values = Array.from({ length: LEVELS }, (_, index) => fitInto(dimension, range.log ? Math.exp(at(index)) : at(index)));
  return [...new Set(values)];
}

function* cellsOf([first, ...rest], levels) {
  if (first === undefined) return yield {};
  for (const value of levels.get(first.id)) for (const cell of cellsOf(rest, levels)) yield { [first.id]: value, ...cell };
}

function nearest(levels, value, { range }) {
  if (range.kind === 'categorical') return value;
  const place = (number) => (range.log ? Math.log(number) : number);
  return levels.reduce((best, level) =>
    Math.abs(place(level) - place(value)) < Math.abs(place(best) - place(value)) ? level : best,
  );
}

function keyOf(dimensions, cell) {
  return JSON.stringify(dimensions.map(({ id }) => cell[id]));
}

/** The values of the trials of a simulated study, in order; repeats are none of them. */
async function searchWith({ dimensions, valueAt }, strategy, seed, suggester) {
  const plan = buildPlan({ strategy, dimensions, budget: { trials: TRIALS, minutes: 1e6, patience: 1000 } }, { seed });
  const values = [];
  const simulation = simulateStudy(plan, ({ assignment, repeat, purpose }) => {
    const value = valueAt(assignment);
    if (repeat === 0 && purpose !== 'reduction') values.push(value);
    return value === null ? { value, state: 'failed' } : { value };
  });
  let step = simulation.next();
  while (step.done !== true) step = simulation.next((await suggester.suggest(step.value, never)).assignment);
  return values;
}

async function defaultTpe({ dimensions, valueAt }, seed, optuna) {
  const process = talkTo(optuna, [join(scripts, 'defaultTpe.py')]);
  const values = [];
  let point = await process.ask({ seed, trials: TRIALS, dimensions });
  for (;;) {
    const value = valueAt(point);
    values.push(value);
    if (values.length === TRIALS) break;
    point = await process.ask(value ?? -1);
  }
  process.stop();
  return values;
}

/** What is missing to the best after so many trials, as a share of what there was to gain. */
function regrets({ best, start }, values) {
  return CHECKPOINTS.map(
    (trials) => (best - Math.max(...values.slice(0, trials).filter((value) => value !== null))) / (best - start),
  );
}
