import { expect, test } from 'vitest';
import { describeOutcome, describePull, describePush } from '../../../../src/core/report/describePoll.ts';
import type { PushOutcome } from '../../../../src/core/study/PollState.ts';

const at = { remote: 'origin', branch: 'main', commit: 'abcdef0123'.repeat(4) };
const outcome = (parts: Partial<PushOutcome>): PushOutcome => ({
  ...{ ...at, subject: 's', script: 'train.py', study: 'digits-at-abcdef0', state: 'complete', metric: 'accuracy', value: 0.9 },
  ...{ best: null, before: null, change: 'unknown', noise: null, reason: null, endedAt: 0 },
  ...parts,
});

const lower = { before: { study: 'digits-1', value: 0.95 }, change: 'worse' } as const;

test.each([
  [{}, 'train.py at abcdef0 (digits-at-abcdef0) has 90.0 % accuracy.'],
  [{ ...lower, noise: 0.01 }, '90.0 % accuracy, worse than 95.0 % in digits-1 by more than chance.'],
  [lower, 'worse than 95.0 % in digits-1; how far it changes by chance is not known.'],
  [{ ...lower, change: 'same', noise: 0.1 }, '90.0 % accuracy, as before (95.0 % in digits-1).'],
  [{ state: 'target-reached' }, '90.0 % accuracy. It reaches the target.'],
  [{ state: 'target-reached', best: 0.98 }, '90.0 % accuracy. Tuned, it reaches the target, with 98.0 %.'],
  [{ state: 'target-missed', best: 0.92 }, 'Tuning did not reach the target, with 92.0 %.'],
  [{ state: 'failed', value: null, reason: 'It broke.' }, 'train.py at abcdef0 (digits-at-abcdef0) failed: It broke.'],
  [{ state: 'failed', value: null, study: null, reason: null }, 'train.py at abcdef0 failed: no reason is known.'],
  [{ state: 'broken', value: null, study: null, reason: 'x.' }, 'train.py at abcdef0 no longer trains: x.'],
] satisfies readonly (readonly [Partial<PushOutcome>, string])[])('tells what came of a push: %o', (parts, text) => {
  expect(describeOutcome(outcome(parts))).toContain(text);
});

test('tells what is new, that a history was rewritten, and how the open branch stands to it', () => {
  const push = { commit: at.commit, base: at.commit, subject: 'Try', author: 'Ada', commits: 2, forced: true, paths: [] };
  expect(describePush({ ...at, push, touched: ['a.py', 'b.py', 'c.py', 'd.py'], removed: [] })).toBe(
    'origin/main has 2 new commits: abcdef0 Try (Ada). Its history was rewritten: what was there before is gone from it. It touches a.py, b.py, c.py and 1 more.',
  );
  expect(describePush({ ...at, push: null, touched: [], removed: [] })).toBe('origin/main has nothing new since abcdef0.');
  expect(describePush({ ...at, push, touched: [], removed: [] })).toContain('It touches no script that trains.');
  expect(describePush({ ...at, push, touched: [], removed: ['a.py'] })).toMatch(/gone from it\. It removes a\.py\.$/u);
  const pull = { ahead: 1, behind: 2, files: ['x.py'] };
  expect(describePull({ ...at, pull: { ...pull, state: 'diverged' } })).toContain('have diverged: 1 commits here, 2 there');
  expect(describePull({ ...at, pull: { ...pull, state: 'blocked' } })).toContain('are in the way: x.py');
  expect(describePull({ ...at, pull: { ...pull, state: 'same' } })).toBeNull();
});
