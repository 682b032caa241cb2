import { HoneError } from '../base/HoneError.ts';
import type { Supervision } from './Supervision.ts';

const RETRY_MS = 1000;

/** Does something that needs the engine, as soon as that answers; a study that has begun does not end for want of it. */
export async function patiently<T>({ ports, study, tell, signal }: Supervision, action: () => Promise<T>): Promise<T> {
  for (let told = false; ; told = true) {
    try {
      return await action();
    } catch (error) {
      const isAway = error instanceof HoneError && (error.code === 'engine-absent' || error.code === 'engine-lost');
      if (!isAway || study()?.phase === 'preparing') throw error;
      if (!told) tell({ type: 'progress', text: WAITING, fraction: null });
      await ports.pause(RETRY_MS, signal);
    }
  }
}

/** What is shown while the engine is away. */
export const WAITING = 'Waiting for Docker';
