import { HoneError } from '../base/HoneError.ts';
import { reduceStudy } from '../core/study/reduceStudy.ts';
import type { FromSupervisor, ToSupervisor } from '../protocol/supervisorMessages.ts';
import { readStudy } from './followStudy.ts';
import type { HonePorts } from './HonePorts.ts';

/** How long a supervisor may take to do what it is told before its face stops waiting. */
const ANSWER_TIMEOUT_MS = 10_000;

/** Pauses a study, or ends it with the best there is; resolves when that is journalled. @throws HoneError `usage` where it does not run */
export async function requestOfStudy(ports: HonePorts, folder: string, id: string, request: 'pause' | 'accept'): Promise<void> {
  await tell(ports, folder, id, { type: 'request', request }, ({ type }) => type === 'request' || type === 'study-ended');
}

/**
 * Goes on with a study that is paused, or that lost its supervisor. One that runs is left alone.
 * @throws HoneError `usage` where it has ended
 */
export async function resumeStudy(ports: HonePorts, folder: string, id: string, signal: AbortSignal): Promise<void> {
  const study = reduceStudy((await ports.store.readJournal(folder, id)).events);
  if (study?.endedAt != null) {
    throw new HoneError('usage', `${id} has ended: it is ${study.state}.`, { next: 'Start another: `hone tune`.' });
  }
  const living = await ports.link.connect(folder, id);
  living?.close();
  if (living === null) await ports.link.start(folder, id, signal);
  if (study?.state === 'paused') {
    await tell(ports, folder, id, { type: 'request', request: 'resume' }, ({ type }) => type === 'request');
  }
}

/** Cancels a study; resolves when it has ended. @throws HoneError `usage` where it does not run */
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

/** Tells a supervisor something and waits until an event after that shows that it was done. */
async function tell(
  ports: HonePorts,
  folder: string,
  id: string,
  message: ToSupervisor,
  isDone: (event: Event) => boolean,
): Promise<void> {
  const connection = await ports.link.connect(folder, id);
  if (connection === null) {
    const study = await readStudy(ports, folder, id);
    throw new HoneError('usage', `${id} does not run: it is ${study.state}.`);
  }
  const timer = setTimeout(() => connection.close(), ANSWER_TIMEOUT_MS);
  let caughtUp = false;
  for await (const answer of connection.messages) {
    if (answer.type === 'caught-up') {
      caughtUp = true;
      connection.send(message);
    } else if (caughtUp && answer.type === 'event' && isDone(answer.event)) break;
  }
  clearTimeout(timer);
}
