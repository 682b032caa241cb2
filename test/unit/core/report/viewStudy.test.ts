import { describe, expect, it } from 'vitest';
import { viewStudy } from '../../../../src/core/report/viewStudy.ts';
import type { SearchPlan } from '../../../../src/core/study/SearchPlan.ts';
import type { Study } from '../../../../src/core/study/Study.ts';
import { buildMeasurement, buildStudy, buildTrial } from '../../../fakes/buildStudy.ts';

const search: SearchPlan = {
  strategy: 'tpe',
  dimensions: [
    {
      id: 'SVC.gamma',
      name: 'gamma',
      group: 'training',
      value: 0.1,
      range: { kind: 'float', low: 0.001, high: 1, log: true },
      own: false,
      places: [],
    },
    {
      id: 'SVC.depth',
      name: 'depth',
      group: 'training',
      value: 3,
      range: { kind: 'categorical', choices: [3, null] },
      own: false,
      places: [],
    },
  ],
  budget: { trials: 10, minutes: null, patience: null },
  confirmationSeeds: null,
  candidates: [],
  tweak: null,
  maxCost: { seconds: null, parameters: null },
  jobs: 1,
};

const trials = [
  buildTrial({ number: 0, result: buildMeasurement(0.88) }),
  buildTrial({
    number: 1,
    result: buildMeasurement(0.97),
    hyperparameters: { 'SVC.gamma': 0.001, 'SVC.depth': null },
    origin: 'lower gamma',
  }),
  buildTrial({ number: 2, state: 'failed', reason: 'ValueError', hyperparameters: { 'SVC.gamma': 1 } }),
];

const view = (parts: Partial<Study> = {}) =>
  viewStudy(buildStudy({ kind: 'study', trials, best: 1, target: 0.95, activeMs: 60_000, ...parts }), {
    search,
    status: 'trial 3',
  });
const fact = (parts: Partial<Study>, label: string) => view(parts).facts.find((each) => each.label === label)?.text;

describe('viewStudy', () => {
  it('sets the best value against the target and the baseline', () => {
    expect(view().headline).toBe('97.0 % by trial 1, not confirmed · target 95.0 % · baseline 88.0 %');
    expect(view({ best: 0 }).headline).toBe('88.0 % by your own values, not confirmed · target 95.0 %');
    expect(view({ best: null, trials: [] }).headline).toBe('No trial yet');
  });

  it('calls a value confirmed only where it was repeated on fresh seeds, and only that of the best trial', () => {
    const confirmation = {
      trial: 1,
      mean: 0.968,
      low: 0.955,
      high: 0.98,
      seeds: 5,
      attempt: 1,
      identical: false,
      interval: null,
    };
    expect(fact({}, 'Proof')).toBe('once, not confirmed');
    expect(fact({ confirmation: { ...confirmation, trial: 0 } }, 'Proof')).toBe('once, not confirmed');
    expect(view({ confirmation }).headline).toMatch(/^97.0 % by trial 1, confirmed · /u);
    expect(fact({ confirmation }, 'Proof')).toBe('96.8 % on average of 5 fresh seeds, at least 95.5 %');
  });

  it('tells the time left from the baseline’s time, and none once the study has ended', () => {
    expect(fact({}, 'Time left')).toBe('at most 29 min');
    expect(fact({ trials: [] }, 'Time left')).toBeUndefined();
    expect(fact({ endedAt: 90_000 }, 'Time left')).toBeUndefined();
  });

  it('tells which hyperparameters made a difference, from 20 values on', () => {
    const at = (number: number) => ({
      number,
      result: buildMeasurement(0.9 - 0.01 * (number % 7)),
      hyperparameters: { 'SVC.gamma': 0.001 * (1 + (number % 7)), 'SVC.depth': number % 2 === 0 ? null : 5 },
    });
    const many = (count: number) => Array.from({ length: count }, (_, number) => buildTrial(at(number)));
    expect(view({ trials: many(19) }).importance).toBeNull();
    expect(view({ trials: many(20) }).importance).toEqual({
      shares: [{ label: 'SVC.gamma', share: expect.closeTo(1, 6) as number, text: '100 %' }],
      note: 'How much of the differences between the values of 20 trials each explains, beyond those above it. Of the other one, chance could have done what is seen.',
    });
    const same = many(20).map((trial) => ({ ...trial, value: 0.5 }));
    expect(view({ trials: same }).importance).toEqual({
      shares: [],
      note: 'Of none of them: chance could have done what is seen in 20 trials.',
    });
  });

  it('gives each trial all columns: what it changed, else the user’s own value', () => {
    expect(view().columns).toEqual(['SVC.gamma', 'SVC.depth']);
    expect(view().trials.map(({ settings }) => settings)).toEqual([
      [0.1, 3],
      [0.001, 'null'],
      [1, 3],
    ]);
    expect(view().trials.map(({ why }) => why)).toEqual(['', 'lower gamma', 'ValueError']);
  });
});
