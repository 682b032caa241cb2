import { expect, test } from 'vitest';
import { owedNotices, usualNotices } from '../../../../src/core/report/owedNotices.ts';
import type { JournalBody, JournalEvent, StudyEndState } from '../../../../src/core/study/JournalEvent.ts';
import type { NoticeKind } from '../../../../src/core/study/NoticePlan.ts';

const MINUTE = 60_000;

/** A journal: each event with its minute. */
function journal(...events: readonly (readonly [number, JournalBody])[]): readonly JournalEvent[] {
  return events.map(([minute, body], index) => ({ ...body, sequence: index + 1, time: minute * MINUTE }));
}

function lost(trial: number): JournalBody {
  return { type: 'trial-interrupted', trial, repeat: 0, cause: 'killed', reason: 'The container was killed.', delayMs: 0 };
}

function ended(state: StudyEndState): JournalBody {
  return { type: 'study-ended', state, reason: null };
}

function owed(events: readonly JournalEvent[], on: readonly NoticeKind[] = usualNotices('study')): readonly string[] {
  return owedNotices(events, { to: [], on, webhook: true }).map(
    ({ kind, sequence, dueAt, interruptions }) => `${kind} ${sequence} at ${dueAt / MINUTE} of ${interruptions.length}`,
  );
}

test.each(['complete', 'target-reached', 'target-missed', 'failed'] as const)('a study that ended is told of: %s', (state) => {
  expect(owed(journal([0, { type: 'request', request: 'accept' }], [3, ended(state)]))).toEqual([`${state} 2 at 3 of 0`]);
});

test('whoever cancelled a study is not told that it was', () => {
  expect(owed(journal([3, ended('cancelled')]))).toEqual([]);
});

test('only what is asked for is told, and a run without a target by itself is no news', () => {
  const events = journal([0, lost(0)], [3, ended('failed')]);
  expect(owed(events, ['failed'])).toEqual(['failed 2 at 3 of 0']);
  expect(owed(journal([3, ended('complete')]), usualNotices('run'))).toEqual([]);
});

test('what is lost together is told together, a minute after the first', () => {
  expect(owed(journal([0, lost(1)], [0.2, lost(2)], [0.9, lost(3)]))).toEqual(['restarted 1 at 1 of 3']);
});

test('a storm is one digest an hour, whose name stays while it grows', () => {
  const storm = Array.from({ length: 30 }, (_, index) => [2 * index, lost(0)] as const);
  expect(owed(journal(...storm))).toEqual(['restarted 1 at 1 of 1', 'restarted 2 at 62 of 29']);
  expect(owed(journal(...storm.slice(0, 9)))).toEqual(['restarted 1 at 1 of 1', 'restarted 2 at 62 of 8']);
  expect(owed(journal(...storm, [90, lost(0)]))[2]).toBe('restarted 31 at 150 of 1');
});

test('a digest waits no longer than the study runs', () => {
  expect(owed(journal([0, lost(0)], [0.5, ended('complete')]))).toEqual(['restarted 1 at 0.5 of 1', 'complete 2 at 0.5 of 0']);
});

test('what ended with its runner does not go on', () => {
  expect(owed(journal([0, { type: 'runner-lost', reason: 'Out of memory.' }]))).toEqual([]);
});

test('a question is told of at once, unless it was answered', () => {
  const question = { type: 'request', request: 'pause', asksMinutes: 750 } as const;
  expect(owed(journal([3, question]))).toEqual(['waiting 1 at 3 of 0']);
  expect(owed(journal([3, question], [4, { type: 'request', request: 'pause' }]))).toEqual(['waiting 1 at 3 of 0']);
  expect(owed(journal([3, question], [4, { type: 'request', request: 'resume' }]))).toEqual([]);
  expect(owed(journal([3, { type: 'request', request: 'pause' }]))).toEqual([]);
});
