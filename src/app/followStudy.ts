import { AsyncQueue } from '../base/AsyncQueue.ts';
import type { StudyStore } from '../core/ports/StudyStore.ts';
import type { SupervisorConnection, SupervisorLink } from '../core/ports/SupervisorLink.ts';
import type { JournalEvent } from '../core/study/JournalEvent.ts';
import { withLabels } from '../core/study/Labels.ts';
import { applyEvent, reduceStudy } from '../core/study/reduceStudy.ts';
import type { Study } from '../core/study/Study.ts';
import type { StudyPlan } from '../core/study/StudyPlan.ts';
import { isAtRest } from '../core/study/isAtRest.ts';
import { createdEvent } from './createdEvent.ts';
import { pause } from './pause.ts';
import type { StudyUpdate } from './requests.ts';

export interface FollowPorts {
  readonly store: StudyStore;
  readonly link: SupervisorLink;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** A study without a supervisor is taken for one that is about to get it for so long after it was planned. */
export const STARTING_MS = 20_000;

/** How often a study at rest is looked at, which somebody may have go on. */
const LOOK_MS = 1000;

/**
 * Tells what a study is and each change until it ends; a pause is none. A slow reader is told the latest state, not each one on the way. Where nobody
 * supervises a study that should be, it is told once as failed, with the reason.
 */
export async function* followStudy(
  ports: FollowPorts,
  folder: string,
  id: string,
  signal: AbortSignal,
): AsyncGenerator<StudyUpdate> {
  let told: Study | null = null;
  while (!signal.aborted) {
    const connection = await ports.link.connect(folder, id);
    for await (const update of connection === null ? [] : readUpdates(connection, signal)) {
      if (update.type === 'study') told = update.study;
      yield update.type === 'study' ? { type: 'study', study: await labelled(ports, folder, update.study) } : update;
    }
    if (told?.endedAt != null || signal.aborted) return;
    const study = await readStudy(ports, folder, id);
    if (told?.sequence !== study.sequence || told.state !== study.state) yield { type: 'study', study };
    // One that somebody had go on meanwhile has another supervisor by now.
    if (study.endedAt !== null || study.interrupted) return;
    told = study;
    if (isAtRest(study)) await pause(LOOK_MS, signal).catch(() => {}); // Nobody listens any more.
  }
}

/** A study as its files tell it; one that nobody supervises any more is failed, unless it was planned just now, or is at rest. */
export async function readStudy(ports: FollowPorts, folder: string, id: string): Promise<Study> {
  return labelled(ports, folder, await readJournalled(ports, folder, id));
}

async function labelled({ store }: FollowPorts, folder: string, study: Study): Promise<Study> {
  return withLabels(study, (await store.readLabels(folder)).get(study.id));
}

async function readJournalled(ports: FollowPorts, folder: string, id: string): Promise<Study> {
  const before = reduceStudy((await ports.store.readJournal(folder, id)).events);
  if (before?.endedAt != null) return before;
  const living = await ports.link.connect(folder, id);
  living?.close();
  if (living !== null && before !== null) return before;
  // A supervisor journals the end before it goes: read again, for it may have done both meanwhile.
  const { events, damage } = await ports.store.readJournal(folder, id);
  const study = reduceStudy(events);
  if (study?.endedAt != null) return study;
  const begun = study ?? studyOfPlan(await ports.store.readPlan(folder, id));
  if (isAtRest(begun)) return begun;
  const isStarting = study === null && ports.now() - begun.startedAt < STARTING_MS;
  return living !== null || isStarting ? begun : interrupt(begun, events.at(-1)?.time ?? begun.startedAt, damage);
}

function interrupt(study: Study, endedAt: number, damage: string | null): Study {
  const next = ` \`hone resume ${study.id}\` goes on with it.`;
  const reason = damage ?? `It was interrupted: its supervisor is gone.${next}`;
  const trials = study.trials.map((trial) =>
    trial.state === 'running' ? { ...trial, state: 'cancelled' as const, reason: 'It was cut off.' } : trial,
  );
  return { ...study, trials, state: 'failed', phase: 'ended', interrupted: true, endedAt, reason };
}

/** What a study is before its journal begins. */
export function studyOfPlan(plan: StudyPlan): Study {
  return applyEvent(null, { ...createdEvent(plan), sequence: 0, time: plan.createdAt }) as Study;
}

function readUpdates(connection: SupervisorConnection, signal: AbortSignal): AsyncIterable<StudyUpdate> {
  const stop = (): void => connection.close();
  const queue = new AsyncQueue<StudyUpdate>(() => {
    signal.removeEventListener('abort', stop);
    connection.close();
  });
  signal.addEventListener('abort', stop, { once: true });
  void pump(connection, queue);
  return queue;
}

async function pump(connection: SupervisorConnection, queue: AsyncQueue<StudyUpdate>): Promise<void> {
  let study: Study | null = null;
  let caughtUp = false;
  try {
    for await (const message of connection.messages) {
      if (message.type === 'event') study = applyEvent(study, message.event as unknown as JournalEvent);
      else if (message.type === 'caught-up') caughtUp = true;
      else queue.push(message.type === 'progress' ? { type: 'progress', progress: message } : message);
      const told = study;
      if (caughtUp && told !== null && (message.type === 'event' || message.type === 'caught-up')) {
        queue.replaceLast({ type: 'study', study: told }, (last) => last.type === 'study');
      }
    }
    queue.close();
  } catch (error) {
    queue.close({ error });
  }
}
