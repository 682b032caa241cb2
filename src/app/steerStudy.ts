import { HoneError } from '../base/HoneError.ts';
import type { SupervisorConnection } from '../core/ports/SupervisorLink.ts';
import type { JournalEvent } from '../core/study/JournalEvent.ts';
import { describeStateOf } from '../core/study/describeStateOf.ts';
import { reduceStudy } from '../core/study/reduceStudy.ts';
import type { Study } from '../core/study/Study.ts';
import type { FromSupervisor, ToSupervisor } from '../protocol/supervisorMessages.ts';
import { readStudy } from './followStudy.ts';
import type { HonePorts } from '../core/ports/HonePorts.ts';

/** How long a supervisor may take to do what it is told before its face stops waiting. */
const ANSWER_TIMEOUT_MS = 10_000;

/**
 * Pauses a study, or ends it with the best there is; resolves when that is journalled.
 * @throws HoneError `usage` where it does not go on, or where a single run is to pause
 */
export async function requestOfStudy(ports: HonePorts, folder: string, id: string, request: 'pause' | 'accept'): Promise<void> {
  const { study } = await readKnown(ports, folder, id);
  if (request === 'pause' && study?.kind === 'run') {
    throw new HoneError('usage', `${id} is a single run, and only searches can be paused.`, {
      next: `\`hone cancel ${id}\` ends it.`,
    });
  }
  if (request === 'pause' ? study?.state === 'paused' : study?.accepted === true && study.endedAt === null) return;
  await tell(ports, folder, id, { type: 'request', request }, ({ type }) => type === 'request' || type === 'study-ended');
}

/**
 * Goes on with a study that is paused, or that lost its supervisor. One that runs is left alone. With `minutes` a paused search may take so long from
 * now on.
 * @throws HoneError `usage` where it has ended, or where its time cannot be changed
 */
export async function resumeStudy(
  ports: HonePorts,
  folder: string,
  id: string,
  signal: AbortSignal,
  minutes?: number,
): Promise<void> {
  const { study } = await readKnown(ports, folder, id);
  if (study?.endedAt != null) {
    throw new HoneError('usage', `${id} has ended: ${describeStateOf(study)}.`, { next: 'Start another: `hone tune`.' });
  }
  if (study?.state === 'paused') {
    return tell(ports, folder, id, { type: 'request', request: 'resume', minutes }, ({ type }) => type === 'request');
  }
  if (minutes !== undefined) {
    throw new HoneError('usage', `${id} is not paused, so its time stays as it is.`, { next: `\`hone pause ${id}\` first.` });
  }
  const living = await ports.link.connect(folder, id);
  living?.close();
  if (living === null) await ports.link.start(folder, id, signal);
}

/** Cancels a study; resolves when it has ended. @throws HoneError `usage` where it does not go on */
export async function cancelStudy(ports: HonePorts, folder: string, id: string): Promise<void> {
  await tell(ports, folder, id, { type: 'cancel' }, ({ type }) => type === 'study-ended');
}

/** Removes a study with all that it left. @throws HoneError `usage` while it runs */
export async function deleteStudy(ports: HonePorts, folder: string, id: string): Promise<void> {
  const { store, link } = ports;
  const plan = await store.readPlan(folder, id).catch(() => null);
  const living = await link.connect(folder, id);
  if (living !== null) {
    living.close();
    throw new HoneError('usage', `${id} still runs.`, { next: `Cancel it first: \`hone cancel ${id}\`.` });
  }
  if (plan?.runtime === 'docker' && (await ports.checkEngine()).available) await ports.runtime('docker').remove(id, folder);
  await store.delete(folder, id);
}

type Event = Extract<FromSupervisor, { type: 'event' }>['event'];

/**
 * Has a supervisor do something and waits until an event shows that it was done. A paused study may have none, and gets one that does it first; one that
 * is about to end hears nothing any more, so what it left undone the next one is asked.
 */
async function tell(
  ports: HonePorts,
  folder: string,
  id: string,
  message: ToSupervisor,
  isDone: (event: Event) => boolean,
): Promise<void> {
  const before = (await readKnown(ports, folder, id)).study?.sequence ?? 0;
  const isNews = (event: Event): boolean => event.sequence > before && isDone(event);
  for (;;) {
    const connection = await ports.link.connect(folder, id);
    if (connection !== null && (await converse(connection, message, isNews))) return;
    const { study, events } = await readKnown(ports, folder, id);
    if (events.some(isNews)) return;
    if (study?.state === 'paused') await ports.link.start(folder, id, new AbortController().signal, message);
    else if (connection === null) {
      throw new HoneError('usage', `${id} does not run: ${describeStateOf(await readStudy(ports, folder, id))}.`);
    }
  }
}

/** Tells a supervisor something; false where it ended before that was done. One that is slow is not waited for. */
async function converse(
  connection: SupervisorConnection,
  message: ToSupervisor,
  isDone: (event: Event) => boolean,
): Promise<boolean> {
  let isOver = false;
  const timer = setTimeout(() => {
    isOver = true;
    connection.close();
  }, ANSWER_TIMEOUT_MS);
  for await (const answer of connection.messages) {
    if (answer.type === 'caught-up') connection.send(message);
    else if (answer.type === 'event') isOver = isDone(answer.event);
    if (isOver) break;
  }
  clearTimeout(timer);
  return isOver;
}

async function readKnown(
  { store }: HonePorts,
  folder: string,
  id: string,
): Promise<{ study: Study | null; events: readonly JournalEvent[] }> {
  const { events } = await store.readJournal(folder, id);
  return { study: reduceStudy(events), events };
}
