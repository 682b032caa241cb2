/**
 * Values pushed by one side and read as an `AsyncIterable` by the other, in order. When the reader stops early, `onStop` tells the
 * producer. One reader only.
 */
export class AsyncQueue<T> implements AsyncIterable<T> {
  readonly #values: T[] = [];
  readonly #onStop: () => void;
  #wake: (() => void) | null = null;
  #closed = false;
  #failure: { readonly error: unknown } | null = null;

  constructor(onStop: () => void = () => {}) {
    this.#onStop = onStop;
  }

  push(value: T): void {
    if (this.#closed) return;
    this.#values.push(value);
    this.#wake?.();
  }

  /** Replaces the newest unread value where `same` says that it is of one kind with this one; else pushes. */
  replaceLast(value: T, same: (last: T) => boolean): void {
    const last = this.#values.at(-1);
    if (last !== undefined && same(last)) this.#values.pop();
    this.push(value);
  }

  /** Ends the iteration after what was pushed; with an error, the reader gets it then. */
  close(failure?: { readonly error: unknown }): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#failure = failure ?? null;
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncIterator<T> {
    try {
      for (;;) {
        while (this.#values.length > 0) yield this.#values.shift() as T;
        if (this.#failure !== null) throw this.#failure.error;
        if (this.#closed) return;
        await new Promise<void>((resolve) => (this.#wake = resolve));
        this.#wake = null;
      }
    } finally {
      this.#closed = true;
      this.#onStop();
    }
  }
}
