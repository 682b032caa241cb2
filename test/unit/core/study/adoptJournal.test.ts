import { expect, test } from 'vitest';
import { createdEvent } from '../../../../src/app/createdEvent.ts';
import { adoptJournal } from '../../../../src/core/study/adoptJournal.ts';
import { isAtRest } from '../../../../src/core/study/isAtRest.ts';
import type { JournalBody, JournalEvent } from '../../../../src/core/study/JournalEvent.ts';
import { reduceStudy } from '../../../../src/core/study/reduceStudy.ts';
import { buildPlan } from '../../../fakes/buildPlan.ts';

const started = { type: 'trial-started', trial: 0, repeat: 0, assignment: {}, seed: null } as const;
const paused = { type: 'request', request: 'pause' } as const;

function adopt(bodies: readonly JournalBody[], continues: boolean): readonly JournalEvent[] {
  const events = [createdEvent(buildPlan()), ...bodies].map((body, index) => ({ ...body, sequence: index + 1, time: 5 }));
  return adoptJournal(events, { from: 'digits-1', to: 'ours', continues, time: 7 }) ?? expect.fail('no journal');
}

test.each([
  ['ran', [started], ['trial-interrupted', 'request']],
  ['was paused while a trial ended', [started, paused], ['trial-interrupted']],
  ['was at rest', [paused], []],
] as const)('a study that %s elsewhere is at rest here, so that nothing starts it', (_, bodies, added) => {
  const events = adopt(bodies, true);
  expect(events.slice(1 + bodies.length).map(({ type }) => type)).toEqual(added);
  expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_event, index) => index + 1));
  const study = reduceStudy(events);
  expect(study !== null && isAtRest(study)).toBe(true);
});

test('a study that is not gone on with has ended', () => {
  expect(adopt([started, paused], false).at(-1)).toMatchObject({ type: 'study-ended', state: 'cancelled', sequence: 4, time: 7 });
});
