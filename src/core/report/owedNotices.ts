import type { JournalEvent } from '../study/JournalEvent.ts';
import type { NoticeKind, NoticePlan } from '../study/NoticePlan.ts';
import type { StudyKind } from '../study/StudyPlan.ts';

/** A run that lost what it ran in, and goes on in something new. */
export interface Interruption {
  readonly sequence: number;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly trial: number;
  readonly reason: string;
}

/** Something that a person is to be told. */
export interface Notice {
  readonly kind: NoticeKind;
  /** Of the event that it is about, the first one of a digest: with the kind it names the notice. */
  readonly sequence: number;
  /** When it may be told, milliseconds since 1970: a digest waits for what follows. */
  readonly dueAt: number;
  /** Of a restart: what it tells of, oldest first. */
  readonly interruptions: readonly Interruption[];
}

/** What is lost together is told together; after that, at most one digest an hour. */
const FIRST_DIGEST_MS = 60_000;
const LATER_DIGEST_MS = 3_600_000;

/**
 * What is to be told of a study, by its journal alone: whoever derives it again finds the same notices, with the same names. A digest of
 * restarts is due when its time is over or the study has ended.
 */
export function owedNotices(events: readonly JournalEvent[], { on }: NoticePlan): readonly Notice[] {
  const end = events.findLast((event) => event.type === 'study-ended') ?? null;
  const digests = digestsOf(events.flatMap(interruptionOf));
  const restarts = digests.map(({ first, interruptions, closesAt }): Notice => {
    const dueAt = Math.min(closesAt, end?.time ?? closesAt);
    return { kind: 'restarted', sequence: first.sequence, dueAt, interruptions };
  });
  const ended: readonly Notice[] =
    end === null || end.state === 'cancelled'
      ? [] // Whoever cancelled it knows.
      : [{ kind: end.state, sequence: end.sequence, dueAt: end.time, interruptions: [] }];
  return [...restarts, ...waitingIn(events), ...ended].filter(({ kind }) => on.includes(kind));
}

/** Whether an event changes what is owed. */
export function isNews(event: JournalEvent): boolean {
  return event.type === 'study-ended' || isQuestion(event) || interruptionOf(event).length > 0;
}

/** What is told of where nobody said: a run that ends without having had a target is no news. */
export function usualNotices(kind: StudyKind): readonly NoticeKind[] {
  const usual: readonly NoticeKind[] = ['target-reached', 'target-missed', 'failed', 'restarted', 'waiting', 'accuracy-lost'];
  return kind === 'study' ? [...usual, 'complete'] : usual;
}

function interruptionOf(event: JournalEvent): readonly Interruption[] {
  if (event.type !== 'trial-interrupted') return [];
  const { sequence, time, trial, reason } = event;
  return [{ sequence, time, trial, reason }];
}

/** A question that nobody has answered yet. After an hour of training nobody is taken to wait for it. */
function waitingIn(events: readonly JournalEvent[]): readonly Notice[] {
  const last = events.findLast(
    (event) => event.type === 'study-ended' || (event.type === 'request' && event.request !== 'pause') || isQuestion(event),
  );
  return last !== undefined && isQuestion(last)
    ? [{ kind: 'waiting', sequence: last.sequence, dueAt: last.time, interruptions: [] }]
    : [];
}

function isQuestion(event: JournalEvent): boolean {
  return event.type === 'request' && event.asksMinutes !== undefined;
}

interface Digest {
  readonly first: Interruption;
  readonly closesAt: number;
  readonly interruptions: Interruption[];
}

function digestsOf(interruptions: readonly Interruption[]): readonly Digest[] {
  const digests: Digest[] = [];
  for (const event of interruptions) {
    const open = digests.at(-1);
    if (open !== undefined && event.time < open.closesAt) open.interruptions.push(event);
    else {
      const lengthMs = open === undefined ? FIRST_DIGEST_MS : LATER_DIGEST_MS;
      digests.push({ first: event, closesAt: event.time + lengthMs, interruptions: [event] });
    }
  }
  return digests;
}
