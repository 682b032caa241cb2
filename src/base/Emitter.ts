import type { Disposable } from './DisposableStore.ts';

/** Subscribes a listener; dispose the result to stop. The shape of VS Code's `Event`, without its import. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

/** A source of values. Listeners run in the order in which they were added. */
export class Emitter<T> implements Disposable {
  readonly #listeners = new Set<(value: T) => void>();

  readonly event: Event<T> = (listener) => {
    const own = (value: T): void => listener(value);
    this.#listeners.add(own);
    return { dispose: () => void this.#listeners.delete(own) };
  };

  fire(value: T): void {
    for (const listener of [...this.#listeners]) listener(value);
  }

  dispose(): void {
    this.#listeners.clear();
  }
}
