import { expect, test } from 'vitest';
import { EMPTY_POLL_STATE, parsePollState, withPush, type QueuedPush } from '../../../../src/core/study/PollState.ts';

const queued = (parts: Partial<QueuedPush> = {}): QueuedPush => ({
  ...{
    remote: 'origin',
    branch: 'main',
    commit: 'a'.repeat(40),
    subject: 's',
    script: 'train.py',
    tree: null,
    study: null,
    held: null,
  },
  ...parts,
});

test('a newer push of a script takes the place of one that waits, and lets one go on that is being trained', () => {
  const [waiting, training, other] = [queued(), queued({ study: 'digits-1' }), queued({ script: 'other.py' })];
  const next = queued({ commit: 'b'.repeat(40) });
  const state = withPush({ ...EMPTY_POLL_STATE, queue: [waiting, training, other] }, 'origin/main', next.commit, [next]);
  expect(state.queue).toEqual([training, other, next]);
  expect(state.seen).toEqual({ 'origin/main': next.commit });
});

test('what was written is read again, and what is damaged counts as nothing', () => {
  const state = { ...EMPTY_POLL_STATE, seen: { 'origin/main': 'a'.repeat(40) }, queue: [queued()] };
  expect(parsePollState(JSON.stringify(state))).toEqual(state);
  for (const text of [
    '',
    '{',
    JSON.stringify(state).slice(0, -3),
    '{"version":2}',
    JSON.stringify({ ...state, seen: { x: '--evil' } }),
  ]) {
    expect(parsePollState(text)).toEqual(EMPTY_POLL_STATE);
  }
});
