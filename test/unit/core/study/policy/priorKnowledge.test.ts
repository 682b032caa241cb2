import { describe, expect, test } from 'vitest';
import type { SearchPlan } from '../../../../../src/core/study/SearchPlan.ts';
import type { Study } from '../../../../../src/core/study/Study.ts';
import { takePriorTrials } from '../../../../../src/core/study/takePriorTrials.ts';
import type { SuggestRequest } from '../../../../../src/core/study/SuggestRequest.ts';
import { drawAtRandom } from '../../../../../src/core/study/policy/drawAtRandom.ts';
import { buildDimension, buildPlan, buildSearch } from '../../../../fakes/buildPlan.ts';
import { simulateStudy } from '../../../../fakes/simulateStudy.ts';

const rate = buildDimension({ value: 0.001, range: { kind: 'float', low: 0.0001, high: 0.01, log: true } });
const units = buildDimension({
  id: 'Dense.units',
  name: 'units',
  value: 32,
  range: { kind: 'int', low: 8, high: 128, log: true },
});
const search = buildSearch({ dimensions: [rate, units], budget: { trials: 20, minutes: 600, patience: 30 } });

/** The best rate is seven times the script's; the whole is worse or better by `level`. */
function simulate(parts: Partial<SearchPlan>, level = 0.8): { study: Study; requests: readonly SuggestRequest[] } {
  const plan = buildPlan({ ...search, ...parts });
  const requests: SuggestRequest[] = [];
  const simulation = simulateStudy(plan, ({ assignment }) => {
    const value = Number(assignment['fit.learning_rate'] ?? 0.001);
    return { value: level - 0.1 * Math.abs(Math.log10(value / 0.007)), seconds: 1, rows: 10_000 };
  });
  for (let step = simulation.next(); ;) {
    if (step.done === true) return { study: step.value.study, requests };
    requests.push(step.value);
    step = simulation.next(drawAtRandom(step.value));
  }
}

const earlier = simulate({}).study;

describe('a study of changed code', () => {
  test('tries first what was best before, and nothing again that an expert tried before', () => {
    const prior = takePriorTrials(search.dimensions, search, earlier);
    const { study } = simulate({ prior });
    expect(study.trials[1]?.origin).toBe('the best of digits-1, an earlier commit');
    const best = earlier.trials.find(({ number }) => number === earlier.best);
    expect(study.trials[1]?.hyperparameters).toEqual(best?.hyperparameters);
    const movesOf = ({ trials }: Study): readonly string[] =>
      trials.filter(({ origin }) => origin?.includes('×') === true).map(({ hyperparameters }) => JSON.stringify(hyperparameters));
    expect(movesOf(earlier).length).toBeGreaterThan(3);
    expect(movesOf(study).filter((move) => movesOf(earlier).includes(move))).toEqual([]);
  });

  test('tells the suggester of the trials before by half of what they gained, upon its own baseline', () => {
    const prior = takePriorTrials(search.dimensions, search, earlier);
    const { study, requests } = simulate({ prior }, 0.5);
    const [request] = requests;
    const own = study.trials[0]?.value ?? NaN;
    const first = prior?.trials[1];
    expect(request?.history[1]?.value).toBeCloseTo(own + 0.5 * ((first?.value ?? NaN) - (prior?.baseline ?? NaN)), 10);
    expect(request?.history.length).toBeGreaterThan(prior?.trials.length ?? Infinity);
    expect(request?.strategy).toBe('tpe'); // What was drawn at random before need not be drawn again.
    expect(study.trials.length).toBeLessThanOrEqual(20);
  });

  test('shows none of them as its own, and has no use for those of another metric', () => {
    const prior = takePriorTrials(search.dimensions, search, earlier);
    const other = prior === null ? null : { ...prior, objective: { ...prior.objective, name: 'f1' } };
    const strip = ({ trials }: Study): unknown =>
      trials.map(({ hyperparameters, value, origin }) => ({ hyperparameters, value, origin }));
    expect(strip(simulate({ prior: other }).study)).toEqual(strip(simulate({}).study));
    expect(simulate({ prior }, 0.3).study.trials.every(({ value }) => value === null || value < 0.31)).toBe(true);
  });
});

describe('what is taken of an earlier study', () => {
  test('is the value of every hyperparameter, also where the earlier code had another one', () => {
    const changed = [{ ...rate, value: 0.007 }, units];
    const prior = takePriorTrials(changed, search, earlier);
    expect(prior?.trials[0]?.assignment).toEqual({ 'fit.learning_rate': 0.001, 'Dense.units': 32 });
  });

  test('is nothing where a hyperparameter is new, and no trial that is out of range by now', () => {
    const added = buildDimension({ id: 'SVC.C', name: 'C' });
    expect(takePriorTrials([...search.dimensions, added], search, earlier)).toBeNull();
    const narrow = [{ ...rate, range: { kind: 'float', low: 0.0005, high: 0.002, log: true } as const }, units];
    const prior = takePriorTrials(narrow, search, earlier);
    expect(prior?.trials.every(({ assignment }) => Number(assignment['fit.learning_rate']) <= 0.002)).toBe(true);
    expect(prior?.trials.length).toBeLessThan(earlier.trials.length);
  });
});
