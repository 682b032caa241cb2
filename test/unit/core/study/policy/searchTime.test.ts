import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../../../src/core/study/policy/seededRandom.ts';
import type { JournalBody } from '../../../../../src/core/study/JournalEvent.ts';
import type { SearchPlan } from '../../../../../src/core/study/SearchPlan.ts';
import type { Study } from '../../../../../src/core/study/Study.ts';
import type { StudyPlan } from '../../../../../src/core/study/StudyPlan.ts';
import { buildPlan } from '../../../../fakes/buildPlan.ts';
import { finishStudy, simulateStudy, type Simulation } from '../../../../fakes/simulateStudy.ts';

/** A study of which each training takes 75 minutes, and nothing makes much of a difference. */
function searched(
  search: Partial<SearchPlan>,
  parts: Partial<StudyPlan> = {},
  onStudy?: (study: Study) => JournalBody | null,
): Simulation {
  const random = seededRandom('measure', 1);
  const measure = () => ({ value: 0.8 + 0.01 * random(), seconds: 4500 });
  return finishStudy(simulateStudy(buildPlan(search, parts), measure, onStudy));
}

describe('a search of which a training takes over an hour', () => {
  const answered = (answer: JournalBody) => (study: Study) => (study.asksMinutes === null ? null : answer);
  const anyTime = { trials: null, minutes: null, patience: null };

  test('waits after its baseline to be told how long it may take, and proposes the time of ten trainings', () => {
    const accept = { type: 'request', request: 'accept' } as const;
    const { study, decisions } = searched({ budget: anyTime }, {}, answered(accept));
    expect(decisions.map((decision) => (decision.kind === 'pause' ? decision.asksMinutes : decision.kind))).toEqual([
      'trial',
      750,
      'end',
    ]);
    expect(study).toMatchObject({ state: 'complete', best: 0, asksMinutes: null, trials: [{ number: 0 }] });
  });

  test('goes on for as long as it is told, from then on, or for what was proposed', () => {
    const resume = { type: 'request', request: 'resume' } as const;
    const told = searched({ budget: anyTime }, {}, answered({ ...resume, minutes: 400 })).study;
    expect(told.minutes).toBe(75 + 400);
    expect(told.activeMs / 60_000).toBeLessThanOrEqual(475 + 75);
    expect(told.trials.length).toBeGreaterThan(3);
    const proposed = searched({ budget: anyTime }, {}, answered(resume)).study;
    expect(proposed.minutes).toBe(75 + 750);
    expect(proposed.trials.length).toBeGreaterThan(told.trials.length);
  });

  test('asks nothing where the time or the number of trials was said, where it was pushed, and where the target is reached', () => {
    const asked = (search: Partial<SearchPlan>, parts: Partial<StudyPlan> = {}): boolean =>
      searched(search, parts).decisions.some(({ kind }) => kind === 'pause');
    expect(asked({ budget: { ...anyTime, minutes: 300 } })).toBe(false);
    expect(asked({ budget: { ...anyTime, trials: 3 } })).toBe(false);
    expect(asked({ budget: anyTime }, { push: { remote: 'origin', branch: 'main', commit: 'a', tree: '/t' } })).toBe(false);
    expect(asked({ budget: anyTime }, { target: 0.7 })).toBe(false);
  });

  test('runs all the trials that it was allowed', () => {
    const { study } = searched({ budget: { ...anyTime, trials: 15 } }, { target: 0.999 });
    expect(study.trials.filter(({ purpose }) => purpose === 'search' || purpose === 'baseline')).toHaveLength(15);
  });
});
