import { HoneError } from '../../base/HoneError.ts';

type Report<P> = (progress: P) => void;
type Work<T, P> = (report: Report<P>, signal: AbortSignal) => Promise<T>;

interface Running {
  readonly result: Promise<unknown>;
  readonly abort: AbortController;
  readonly listeners: Set<Report<never>>;
}

/** Does work of one key once for all who ask for it while it runs; it is aborted when the last of them has gone. */
export class SharedWork {
  readonly #running = new Map<string, Running>();

  /** Rejects with HoneError `cancelled` as soon as the caller's own signal is aborted. */
  async join<T, P>(key: string, work: Work<T, P>, report: Report<P>, signal: AbortSignal): Promise<T> {
    signal.throwIfAborted();
    const running = this.#running.get(key) ?? this.#start(key, work);
    const listener: Report<P> = (progress) => report(progress); // Each caller counts, also where two pass one function.
    running.listeners.add(listener);
    try {
      return await Promise.race([running.result as Promise<T>, rejectOnAbort(signal)]);
    } finally {
      running.listeners.delete(listener);
      if (running.listeners.size === 0) this.#abandon(key, running);
    }
  }

  #start<T, P>(key: string, work: Work<T, P>): Running {
    const abort = new AbortController();
    const listeners = new Set<Report<never>>();
    const tell = (progress: P): void => {
      for (const listener of listeners) (listener as Report<P>)(progress);
    };
    const result = work(tell, abort.signal);
    result.catch(() => undefined); // Everyone may have left before it fails.
    const running = { result, abort, listeners };
    this.#running.set(key, running);
    return running;
  }

  /** Nobody waits for it any more, done or not; who asks next starts anew. */
  #abandon(key: string, running: Running): void {
    running.abort.abort();
    if (this.#running.get(key) === running) this.#running.delete(key);
  }
}

function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new HoneError('cancelled', 'Cancelled.')), { once: true });
  });
}
