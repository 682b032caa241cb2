import { describe, expect, test } from 'vitest';
import { decide } from '../../../../../src/core/study/decide.ts';
import { seededRandom } from '../../../../../src/core/study/policy/seededRandom.ts';
import { applyEvent, reduceStudy } from '../../../../../src/core/study/reduceStudy.ts';
import type { SearchPlan } from '../../../../../src/core/study/SearchPlan.ts';
import type { StudyPlan } from '../../../../../src/core/study/StudyPlan.ts';
import { buildDimension, buildPlan } from '../../../../fakes/buildPlan.ts';
import { finishStudy, simulateStudy, type SimulatedRun, type Simulation } from '../../../../fakes/simulateStudy.ts';

type Values = Readonly<Record<string, number>>;

const rate = buildDimension({ value: 0.001, range: { kind: 'float', low: 0.0001, high: 0.01, log: true } });
const units = buildDimension({
  id: 'layers.Dense[0].units',
  name: 'units',
  value: 32,
  range: { kind: 'int', low: 8, high: 128, log: true },
});
const dropout = buildDimension({
  id: 'layers.Dropout[0].dropout',
  name: 'dropout',
  value: 0.5,
  range: { kind: 'float', low: 0, high: 0.6, log: false },
});
const dimensions = [rate, units, dropout];

/** The values of a trial, the user's own included. */
function valuesOf(plan: StudyPlan, assignment: object): Values {
  return { ...Object.fromEntries((plan.search?.dimensions ?? []).map(({ id, value }) => [id, value])), ...assignment } as Values;
}

function run(
  search: Partial<SearchPlan>,
  parts: Partial<StudyPlan>,
  measure: (values: Values, random: () => number, about: { trial: number; repeat: number }) => SimulatedRun,
  onStudy?: Parameters<typeof simulateStudy>[2],
): Simulation {
  const plan = buildPlan({ dimensions, ...search }, parts);
  const random = seededRandom('measure', plan.seed);
  return finishStudy(simulateStudy(plan, (decision) => measure(valuesOf(plan, decision.assignment), random, decision), onStudy));
}

/** Ten times the rate is what it takes; a little noise on it. */
const byRate = (values: Values, random: () => number): SimulatedRun => ({
  value: 0.8 + (0.18 * Math.log10((values['fit.learning_rate'] ?? 0) / 0.001)) / 1 + 0.004 * (random() - 0.5),
});

describe('a search with a target', () => {
  test('stops at once where the script reaches it on fresh seeds as it is', () => {
    const { study } = run({}, { target: 0.7 }, byRate);
    expect(study).toMatchObject({ state: 'target-reached', best: 0, confirmation: { seeds: 5 } });
    expect(study.trials).toHaveLength(1);
    expect(study.reason).toMatch(/^The script reaches it as it is on 5 fresh seeds: accuracy is 0\.8/);
  });

  test('tries ten times the learning rate first, and confirms it on five fresh seeds', () => {
    const { study } = run({}, { target: 0.95 }, byRate);
    expect(study).toMatchObject({
      state: 'target-reached',
      best: 1,
      trials: [{}, { hyperparameters: { 'fit.learning_rate': 0.01 } }],
    });
    const seeds = study.trials[1]?.repetitions.map(({ seed }) => seed);
    expect(new Set(seeds).size).toBe(5);
    expect(seeds).not.toContain(null);
    expect(study.trials[1]?.origin).toBe('learning_rate × 10');
  });

  test('does not believe one lucky run, goes on, and asks for a better one', () => {
    const lucky = (_: Values, random: () => number, { trial, repeat }: { trial: number; repeat: number }): SimulatedRun => ({
      value: trial === 1 && repeat === 0 ? 0.99 : 0.8 + 0.01 * random(),
    });
    const { study } = run({ budget: { trials: 12, minutes: null, patience: null } }, { target: 0.95 }, lucky);
    expect(study.state).toBe('target-missed');
    expect(study.attempts).toHaveLength(1);
    expect(study.trials.length).toBe(12);
    expect(study.reason).toMatch(/its 12 trials are spent/);
  });

  test('takes back the changes that do not matter before it confirms', () => {
    // Both units and rate are needed little by little; dropout changes nothing.
    const measure = (values: Values, random: () => number): SimulatedRun => {
      const fast = (values['fit.learning_rate'] ?? 0) >= 0.009 ? 0.08 : 0;
      const wide = (values['layers.Dense[0].units'] ?? 0) >= 100 ? 0.08 : 0;
      const loose = (values['layers.Dropout[0].dropout'] ?? 0) <= 0.3 ? 0.001 : 0;
      return { value: 0.8 + fast + wide + loose + 0.0002 * random() };
    };
    const candidates = [{ 'fit.learning_rate': 0.01, 'layers.Dense[0].units': 128, 'layers.Dropout[0].dropout': 0.2 }];
    const { study } = run({ strategy: 'candidates', candidates }, { target: 0.95 }, measure);
    const best = study.trials.find(({ number }) => number === study.best);
    expect(study.state).toBe('target-reached');
    expect(best).toMatchObject({
      purpose: 'reduction',
      hyperparameters: { 'fit.learning_rate': 0.01, 'layers.Dense[0].units': 128 },
    });
    expect(Object.keys(best?.hyperparameters ?? {})).toHaveLength(2);
  });

  test('searches on validation data and looks at the test data only of what reaches the target there', () => {
    const measure = (values: Values, random: () => number): SimulatedRun => {
      const good = (values['fit.learning_rate'] ?? 0) > 0.005;
      return { value: (good ? 0.96 : 0.99) + 0.002 * random(), validation: good ? 0.97 : 0.9 };
    };
    const { study } = run({}, { target: 0.95 }, measure);
    expect(study).toMatchObject({
      state: 'target-reached',
      best: 1,
      objective: { data: 'validation' },
      metric: { data: 'test' },
    });
  });

  test('says what identical repeats can say', () => {
    const { study } = run({}, { target: 0.95 }, (values) => ({
      value: (values['fit.learning_rate'] ?? 0) > 0.005 ? 0.96 : 0.8,
      rows: 450,
    }));
    expect(study.state).toBe('target-reached');
    expect(study.reason).toBe(
      'Confirmed: accuracy is 0.96 in all 6 runs; no seed changes it. On 450 rows that is ± 1.9 points. It was selected on test data, since the script has no validation data.',
    );
  });

  test('never ends worse than the baseline', () => {
    const { study } = run({ budget: { trials: 10, minutes: null, patience: null } }, { target: 0.99 }, (values) => ({
      value: Object.entries(values).every(([id, value]) => dimensions.some((one) => one.id === id && one.value === value))
        ? 0.9
        : 0.5,
    }));
    expect(study).toMatchObject({ state: 'target-missed', best: 0 });
    expect(study.reason).toMatch(/Nothing was better than the script's own values/);
  });
});

describe('a search', () => {
  test('without a target chooses by re-tests, the baseline among them, and says what is within noise', () => {
    const { study } = run({ budget: { trials: 30, minutes: null, patience: null } }, {}, (_, random) => ({
      value: 0.9 + 0.02 * random(),
    }));
    const retested = study.trials.filter(({ repeats }) => repeats > 0);
    expect(study.state).toBe('complete');
    expect(retested.map(({ number }) => number)).toContain(0);
    expect(retested.length).toBeGreaterThan(2);
    expect(study.reason).toMatch(/within the noise of seeds|Nothing was better/);
    // The same seeds for all of them.
    expect(new Set(retested.map(({ repetitions }) => JSON.stringify(repetitions.map(({ seed }) => seed)))).size).toBe(1);
  });

  test('spends at most its time, a quarter of it after the search', () => {
    const { study } = run({ budget: { trials: null, minutes: 10, patience: 1000 } }, {}, (_, random) => ({
      value: random(),
      seconds: 5,
    }));
    expect(study.activeMs).toBeLessThanOrEqual(10 * 60_000 + 5000);
    expect(study.trials.length).toBeGreaterThanOrEqual(89);
    expect(study.reason).toMatch(/its 10 minutes are spent/);
  });

  test('ends when nothing improves', () => {
    const { study } = run({ budget: { trials: null, minutes: null, patience: 7 } }, {}, () => ({ value: 0.5 }));
    expect(study.trials.filter(({ purpose }) => purpose === 'search')).toHaveLength(7);
    expect(study.reason).toMatch(/7 trials in a row brought nothing better/);
  });

  test('gives up after five failures, with their common cause', () => {
    const { study } = run({}, {}, (_, __, { trial }) =>
      trial === 0 ? { value: 0.5 } : { value: null, state: 'failed', reason: 'ValueError: shapes differ.' },
    );
    expect(study).toMatchObject({
      state: 'failed',
      reason: 'The first 5 trials all failed, each time with: ValueError: shapes differ.',
    });
  });

  test('ends with the baseline where that fails, or is measured on training data', () => {
    expect(run({}, {}, () => ({ value: null, state: 'failed', reason: 'No module named keras.' })).study).toMatchObject({
      state: 'failed',
      reason: 'No module named keras.',
    });
    expect(run({}, {}, () => ({ value: null })).study.reason).toMatch(/reported no number to search on/);
  });

  test('tries everything of a small space once, then ends', () => {
    const small = buildDimension({
      id: 'SVC.kernel',
      name: 'kernel',
      value: 'rbf',
      range: { kind: 'categorical', choices: ['rbf', 'linear', 'poly'] },
    });
    const { study } = run({ dimensions: [small], strategy: 'random' }, {}, () => ({ value: 0.5 }));
    expect(study.trials.map(({ hyperparameters }) => hyperparameters['SVC.kernel'] ?? 'rbf').sort()).toEqual([
      'linear',
      'poly',
      'rbf',
    ]);
    expect(study.reason).toMatch(/everything in the space was tried/);
  });

  test('of candidates tries each in order', () => {
    const candidates = [{ 'layers.Dense[0].units': 64 }, { 'layers.Dense[0].units': 16 }];
    const { study } = run({ strategy: 'candidates', candidates }, {}, () => ({ value: 0.5 }));
    expect(study.trials.slice(1).map(({ hyperparameters }) => hyperparameters)).toEqual(candidates);
  });

  test('as a ladder raises neurons until accuracy falls, then the next thing', () => {
    const { study } = run({ strategy: 'ladder' }, {}, (values) => ({
      value: (values['layers.Dense[0].units'] ?? 0) > 64 ? 0.4 : (values['layers.Dense[0].units'] ?? 0) / 100,
    }));
    const units = study.trials.map(({ hyperparameters }) => hyperparameters['layers.Dense[0].units']);
    expect(units.slice(0, 3)).toEqual([undefined, 64, 128]);
    expect(study.trials[3]?.hyperparameters).toMatchObject({ 'layers.Dense[0].units': 64, 'fit.learning_rate': 0.002 });
  });

  test('as a ladder raises lists of layers by their neurons', () => {
    const sizes = buildDimension({
      id: 'MLPClassifier.hidden_layer_sizes',
      name: 'hidden_layer_sizes',
      value: [8],
      range: { kind: 'categorical', choices: [[8], [4], [32], [16]] },
    });
    const { study } = run({ strategy: 'ladder', dimensions: [sizes] }, {}, () => ({ value: 0.5 }));
    const tried = study.trials.slice(1).map(({ hyperparameters }) => hyperparameters['MLPClassifier.hidden_layer_sizes']);
    expect(tried).toEqual([[16], [32]]);
  });

  test("stays within a range of the developer's own, also where the script's value lies outside", () => {
    const own = { ...units, own: true, range: { kind: 'int', low: 64, high: 128, log: true } } as const;
    const kernel = buildDimension({
      id: 'kernel',
      name: 'kernel_size',
      value: 3,
      own: true,
      range: { kind: 'categorical', choices: [5, 7] },
    });
    const { study } = run({ dimensions: [rate, own, kernel], budget: { trials: 25, minutes: null, patience: null } }, {}, byRate);
    for (const { hyperparameters } of study.trials.slice(1)) {
      expect(hyperparameters[own.id]).toBeGreaterThanOrEqual(64);
      expect([5, 7]).toContain(hyperparameters[kernel.id]);
    }
  });

  test('leaves out what never ran, and what costs too much', () => {
    const dead = { ...rate, places: [{ path: 'train.py', line: 3 }] };
    const plan = buildPlan({
      dimensions: [dead, units],
      maxCost: { seconds: null, parameters: 2 },
      budget: { trials: 6, minutes: null, patience: null },
    });
    const events = finishStudy(
      simulateStudy(plan, ({ assignment }) => {
        const width = Number(assignment['layers.Dense[0].units'] ?? 32);
        return { value: width / 200, parameters: width };
      }),
    ).events.map((event) =>
      event.type === 'trial-ended' && event.trial === 0 ? { ...event, unexecuted: [{ path: 'train.py', line: 3 }] } : event,
    );
    const study = reduceStudy(events);
    expect(study?.trials.find(({ number }) => number === study.best)?.parameters).toBeLessThanOrEqual(64);
    const afterBaseline = reduceStudy(events.slice(0, events.findIndex(({ type }) => type === 'trial-ended') + 1));
    expect(afterBaseline === null ? null : decide(plan, afterBaseline)).toMatchObject({
      kind: 'propose',
      assignment: { 'layers.Dense[0].units': 128 },
    });
  });

  test('raises the epochs while the curve climbs', () => {
    const epochs = buildDimension({
      id: 'fit.epochs',
      name: 'epochs',
      value: 10,
      range: { kind: 'int', low: 3, high: 30, log: true },
    });
    const curve = (count: number): SimulatedRun['epochs'] =>
      Array.from({ length: count }, (_, index) => ({ val_accuracy: 0.3 + index / 50 }));
    const { study } = run(
      { dimensions: [units, epochs], budget: { trials: 2, minutes: null, patience: null } },
      {},
      (values) => ({
        value: 0.5,
        validation: 0.5,
        epochs: curve(values['fit.epochs'] ?? 10) ?? [],
      }),
    );
    expect(study.trials[1]?.hyperparameters).toEqual({ 'fit.epochs': 30 });
  });

  test('goes back to single changes of the best no more once six were in vain, but for the epochs', () => {
    const epochs = buildDimension({
      id: 'fit.epochs',
      name: 'epochs',
      value: 10,
      range: { kind: 'int', low: 3, high: 30, log: true },
    });
    const { study } = run(
      { dimensions: [...dimensions, epochs], budget: { trials: 30, minutes: null, patience: null } },
      {},
      (_, __, { trial }) => ({ value: trial <= 6 ? 0.5 : 0.5 + trial / 100 }),
    );
    const moves = study.trials.filter(
      ({ number, purpose, origin }) => number > 6 && purpose === 'search' && origin !== 'at random',
    );
    const ofEpochs = moves.filter(({ origin }) => origin?.startsWith('epochs ') === true);
    expect(ofEpochs.length).toBeGreaterThan(0);
    expect(moves.filter(({ origin }) => origin?.startsWith('suggested') !== true)).toEqual(ofEpochs);
  });

  test('waits while it is paused, and ends with the best once that is good enough', () => {
    const { decisions, study } = run({}, { target: 0.999 }, byRate, (known) =>
      known.trials.length === 2 && !known.accepted ? { type: 'request', request: 'accept' } : null,
    );
    expect(decisions.at(-1)).toMatchObject({ kind: 'end', state: 'target-missed' });
    expect(study.reason).toMatch(/its best was taken as good enough/);
    const paused = applyEvent(
      { ...study, state: 'running', endedAt: null },
      { type: 'request', request: 'pause', sequence: 1, time: 1 },
    );
    expect(paused === null ? null : decide(buildPlan(), paused)).toEqual({ kind: 'wait' });
  });
});

test('every prefix of a journal leads to the decision that was made there', () => {
  const plan = buildPlan({ dimensions, budget: { trials: 25, minutes: null, patience: null } }, { target: 0.97, seed: 3 });
  const random = seededRandom('replay');
  const simulation = finishStudy(simulateStudy(plan, (decision) => byRate(valuesOf(plan, decision.assignment), random)));
  const seen = new Set<string>();
  for (let length = 1; length <= simulation.events.length - 1; length++) {
    const study = reduceStudy(simulation.events.slice(0, length));
    if (study !== null) seen.add(JSON.stringify(decide(plan, study)));
  }
  expect(simulation.decisions.filter((decision) => !seen.has(JSON.stringify(decision)))).toEqual([]);
});
