import { describeError, isCancellation } from '../base/HoneError.ts';
import { STARTING_MS, type FollowPorts } from './followStudy.ts';
import { isAtRest } from '../core/study/isAtRest.ts';
import { reduceStudy } from '../core/study/reduceStudy.ts';

/** A study that had lost its supervisor. */
export interface Revival {
  /** Absolute path. */
  readonly folder: string;
  readonly study: string;
  /** Why it could not be brought back; null where it goes on. */
  readonly failure: string | null;
}

/**
 * Brings back what died in a folder: each study that has no end, is not at rest, and that nobody supervises. Many may do so at the same time: a
 * study has one supervisor. What cannot be read is left alone.
 */
export async function reviveStudies(ports: FollowPorts, folder: string, signal: AbortSignal): Promise<readonly Revival[]> {
  const revived: Revival[] = [];
  for (const study of await ports.store.list(folder)) {
    signal.throwIfAborted();
    if (!(await isDead(ports, folder, study))) continue;
    try {
      await ports.link.start(folder, study, signal);
      revived.push({ folder, study, failure: null });
    } catch (error) {
      if (isCancellation(error)) throw error;
      revived.push({ folder, study, failure: describeError(error) });
    }
  }
  return revived;
}

async function isDead({ store, link, now }: FollowPorts, folder: string, id: string): Promise<boolean> {
  try {
    const { createdAt } = await store.readPlan(folder, id);
    const study = reduceStudy((await store.readJournal(folder, id)).events);
    if (study !== null && (study.endedAt !== null || isAtRest(study))) return false;
    if (study === null && now() - createdAt < STARTING_MS) return false;
    const living = await link.connect(folder, id);
    living?.close();
    return living === null;
  } catch {
    return false; // Damaged, or deleted just now: lists say so.
  }
}
