import { createDeferred } from '../base/createDeferred.ts';
import type { HonePorts } from '../core/ports/HonePorts.ts';
import { newOutcomes, pollRemote, type PollReport, type PollRequest } from './pollRemote.ts';
import type { PollState } from '../core/study/PollState.ts';
import { trainPushes } from './trainPushes.ts';

export interface WatchRequest extends PollRequest {
  /** Time between two looks; a tenth more or less, so that not all clones ask at once. */
  readonly intervalMs: number;
  /** Looks at once when told. */
  readonly onAsked?: (look: () => void) => { dispose(): void };
}

/** What watching tells: each look, each training that ended in between, and each failure, after which it goes on. */
export type WatchUpdate =
  | { readonly type: 'report'; readonly report: PollReport }
  | { readonly type: 'trained'; readonly state: PollState; readonly outcomes: PollReport['outcomes'] }
  | { readonly type: 'failure'; readonly error: unknown };

/** While something is being trained, what came of it is looked for so often. */
const TRAINING_MS = 5000;
const JITTER = 0.1;

/** Looks at a remote again and again, until the signal is aborted. `random` gives 0..1. */
export async function* watchRemote(
  ports: HonePorts,
  request: WatchRequest,
  signal: AbortSignal,
  random: () => number = Math.random,
): AsyncGenerator<WatchUpdate> {
  let asked = createDeferred<void>();
  const listening = request.onAsked?.(() => asked.resolve());
  try {
    while (!signal.aborted) {
      asked = createDeferred<void>();
      const look = await attempt(
        async () => ({ type: 'report', report: await pollRemote(ports, request, () => {}, signal) }),
        signal,
      );
      if (look !== null) yield look;
      const until = ports.now() + request.intervalMs * (1 + JITTER * (2 * random() - 1));
      for (let left = until - ports.now(); left > 0 && !signal.aborted; left = until - ports.now()) {
        const { queue } = await ports.polls.read(request.folder);
        const isTraining = queue.some(({ study }) => study !== null);
        if (await wait(isTraining ? Math.min(left, TRAINING_MS) : left, asked.promise, signal)) break;
        if (!isTraining || signal.aborted) continue;
        const update = await attempt(() => goOn(ports, request, signal), signal);
        if (update !== null && (update.type !== 'trained' || update.outcomes.length > 0)) yield update;
      }
    }
  } finally {
    listening?.dispose();
  }
}

async function goOn(ports: HonePorts, { folder, runtime = 'auto' }: WatchRequest, signal: AbortSignal): Promise<WatchUpdate> {
  const before = await ports.polls.read(folder);
  const state = await trainPushes(ports, folder, runtime, signal);
  return { type: 'trained', state, outcomes: newOutcomes(before, state) };
}

/** What an act came to; null where it was cut off. */
async function attempt(act: () => Promise<WatchUpdate>, signal: AbortSignal): Promise<WatchUpdate | null> {
  try {
    return await act();
  } catch (error) {
    return signal.aborted ? null : { type: 'failure', error };
  }
}

/** Waits; true where somebody asked meanwhile. */
async function wait(milliseconds: number, asked: Promise<void>, signal: AbortSignal): Promise<boolean> {
  const { promise, resolve } = createDeferred<boolean>();
  const timer = setTimeout(() => resolve(false), milliseconds);
  const stop = (): void => resolve(false);
  signal.addEventListener('abort', stop, { once: true });
  void asked.then(() => resolve(true));
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}
