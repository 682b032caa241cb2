import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../../../src/core/study/policy/seededRandom.ts';
import { buildPlan } from '../../../../fakes/buildPlan.ts';
import { finishStudy, simulateStudy } from '../../../../fakes/simulateStudy.ts';

const random = seededRandom('side by side');

describe('a search of two jobs', () => {
  test('runs two trials all the time, none of them twice', () => {
    const plan = buildPlan({ jobs: 2, budget: { trials: 20, minutes: null, patience: 1000 } }, { target: 0.999 });
    const { study, decisions, events } = finishStudy(simulateStudy(plan, () => ({ value: 0.5 + 0.3 * random() })));
    const searched = study.trials.map(({ hyperparameters }) => JSON.stringify(hyperparameters));
    expect(new Set(searched).size).toBe(searched.length);
    let [running, alone] = [0, 0];
    const first = events.findIndex(({ type }) => type === 'trial-suggested');
    const last = events.findLastIndex((event) => event.type === 'trial-started' && event.purpose === 'search');
    for (const { type } of events.slice(first, last)) {
      if (type === 'trial-started') running++;
      if (type === 'trial-ended' && --running === 0) alone++;
    }
    expect(study.trials.filter(({ purpose }) => purpose === 'search')).toHaveLength(19);
    expect(alone).toBe(0);
    const asked = decisions.find((decision) => decision.kind === 'suggest');
    expect(asked?.request.history.map(({ state }) => state)).toContain('running');
  });

  test('confirms a target on as many fresh seeds', () => {
    const plan = buildPlan({ jobs: 2 }, { target: 0.95 });
    const { study } = finishStudy(simulateStudy(plan, ({ trial }) => ({ value: (trial === 0 ? 0.8 : 0.98) + 0.004 * random() })));
    expect(study).toMatchObject({ state: 'target-reached', confirmation: { seeds: 5 } });
  });
});
