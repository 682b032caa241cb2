import { expect, it } from 'vitest';
import { describeQuestion } from '../../../../src/core/report/describeQuestion.ts';
import { buildStudy, buildTrial } from '../../../fakes/buildStudy.ts';

it('names the time of a training and what is proposed, only where something is asked', () => {
  const trials = [buildTrial({ seconds: 4500 })];
  expect(describeQuestion(buildStudy({ trials, asksMinutes: 750 }))).toBe(
    'A training takes 1 h 15 min, so the search waits until someone says how long it may take: 12 h 30 min would be enough for about ten more.',
  );
  expect(describeQuestion(buildStudy({ trials }))).toBeNull();
});
