import type { InterruptionCause } from './JournalEvent.ts';
import type { Loss, Study } from './Study.ts';

/** How long is waited before each restart of what was interrupted, milliseconds: the first comes at once, and there are no more than these. */
export const RESTART_DELAYS_MS = [200, 1000, 5000, 20_000, 60_000] as const;

/** What ends the supervisor as well says nothing of the run. */
const UNCOUNTED: ReadonlySet<InterruptionCause> = new Set(['supervisor-lost', 'host-restarted']);

/** How many restarts a run has had that count. */
export function restartsOf(study: Study, { trial, repeat }: Pick<Loss, 'trial' | 'repeat'>): number {
  return study.losses.filter((loss) => loss.trial === trial && loss.repeat === repeat && !UNCOUNTED.has(loss.cause)).length;
}

/**
 * How long to wait before something that was interrupted just now is started again, milliseconds. That is nobody's fault at first, but after some
 * times it is hardly chance: then null.
 */
export function restartDelayMs(study: Study, run: Pick<Loss, 'trial' | 'repeat' | 'cause'>): number | null {
  if (UNCOUNTED.has(run.cause)) return 0;
  return RESTART_DELAYS_MS[restartsOf(study, run)] ?? null;
}
