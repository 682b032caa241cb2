import { expect, test } from 'vitest';
import { describeEnded } from '../../../src/cli/describeEnded.ts';
import { buildStudy } from '../../fakes/buildStudy.ts';

test('whoever goes on with a study that has ended is told so, and what was in vain', () => {
  const ended = buildStudy({ state: 'target-missed', endedAt: 9 });
  expect(describeEnded(ended, {})).toBe('digits-1 has ended. `hone tune` without --study starts another.');
  expect(describeEnded(ended, { minutes: 1 })).toContain('has ended, so --minutes changes nothing. ');
  expect(describeEnded(ended, { minutes: 1, target: '0.95' })).toContain('so --target and --minutes change nothing. ');
});

test('a study that can go on is not said to have ended', () => {
  expect(describeEnded(buildStudy(), { minutes: 1 })).toBeNull();
  expect(describeEnded(buildStudy({ state: 'failed', endedAt: 9, interrupted: true }), { minutes: 1 })).toBeNull();
});
