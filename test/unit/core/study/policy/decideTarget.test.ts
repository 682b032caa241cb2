import { describe, expect, test } from 'vitest';
import type { Study } from '../../../../../src/core/study/Study.ts';
import { buildDimension, buildPlan } from '../../../../fakes/buildPlan.ts';
import { finishStudy, simulateStudy } from '../../../../fakes/simulateStudy.ts';

const ROWS = 450;
const TARGET = 0.97;

/** Trials 1, 2, 3 and so on with these values, of which `lucky` miss the target on other seeds; the baseline is far below the target. */
function search(values: readonly number[], lucky: readonly number[] = []): Study {
  const candidates = values.map((_, index) => ({ 'fit.learning_rate': index + 2 }));
  const dimensions = [buildDimension({ range: { kind: 'float', low: 0.1, high: 10, log: true } })];
  const plan = buildPlan({ dimensions, strategy: 'candidates', candidates }, { target: TARGET });
  const study = simulateStudy(plan, ({ trial, repeat }) => {
    const value = values[trial - 1] ?? 0.8;
    const again = lucky.includes(trial) ? 0.968 : value + 0.01;
    return { value: repeat === 0 ? value : again + repeat / 10_000, rows: ROWS };
  });
  return finishStudy(study).study;
}

describe('a trial that reaches the target', () => {
  test('is confirmed at once where it is far beyond it', () => {
    expect(search([0.995, 0.99, 0.99, 0.99])).toMatchObject({ state: 'target-reached', best: 1, trials: { length: 2 } });
  });

  test('waits for two more where it is close, and leaves the confirmation to the best of them', () => {
    expect(search([0.974, 0.978, 0.9, 0.979])).toMatchObject({ state: 'target-reached', best: 2, trials: { length: 4 } });
  });

  test('gets its turn where one that looked better was lucky, whichever came first', () => {
    const { state, best, attempts, trials } = search([0.976, 0.978, 0.9, 0.9], [2]);
    expect({ state, best, trials: trials.length }).toEqual({ state: 'target-reached', best: 1, trials: 4 });
    expect(attempts.map(({ trial }) => trial)).toEqual([2, 1]);
  });

  test('is left alone where it is no better than halfway from what the lucky one turned out to be', () => {
    expect(search([0.975, 0.999], [2]).attempts.map(({ trial }) => trial)).toEqual([2]);
  });
});
