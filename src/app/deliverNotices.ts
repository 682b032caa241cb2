import { HoneError } from '../base/HoneError.ts';
import type { StudyName } from '../core/ports/StudyList.ts';
import type { OutboxContents } from '../core/ports/Outbox.ts';
import type { NoticePorts } from './NoticePorts.ts';
import { isAtRest } from '../core/study/isAtRest.ts';
import { reduceStudy } from '../core/study/reduceStudy.ts';
import { postNotices } from './postNotices.ts';

/**
 * Sends the news of this machine, of every folder: what is due or all that waits, and what a supervisor that was killed had not written yet. Returns what is
 * left. Failures to send are in that, none is thrown.
 */
export async function deliverNotices(ports: NoticePorts, which: 'due' | 'waiting', signal: AbortSignal): Promise<OutboxContents> {
  for (const awaited of await ports.awaited.list()) {
    if (await isTold(ports, awaited)) await ports.awaited.remove(awaited);
  }
  await ports.outbox.deliver(which, signal);
  return ports.outbox.read();
}

/** Writes what is owed of a study that nobody supervises, since it has ended or is at rest; true where nothing more will come of it. */
async function isTold(ports: NoticePorts, { folder, study }: StudyName): Promise<boolean> {
  try {
    const { events } = await ports.store.readJournal(folder, study);
    const known = reduceStudy(events);
    if (known === null || (known.endedAt === null && !isAtRest(known))) return false; // Its supervisor tells, or the one that takes over.
    await postNotices(ports, await ports.store.readPlan(folder, study), events);
    return known.endedAt !== null;
  } catch (error) {
    if (error instanceof HoneError && error.code === 'not-found') return true; // It was deleted.
    throw error;
  }
}
