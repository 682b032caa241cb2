/** Anything with a lifetime; the shape of VS Code's own disposables, so that both fit one list. */
export interface Disposable {
  dispose(): void;
}

/** Disposes what it was given, last in first out; what is added after it was disposed is disposed at once. */
export class DisposableStore implements Disposable {
  readonly #items: Disposable[] = [];
  #disposed = false;

  add<T extends Disposable>(item: T): T {
    if (this.#disposed) item.dispose();
    else this.#items.push(item);
    return item;
  }

  dispose(): void {
    this.#disposed = true;
    for (let item = this.#items.pop(); item !== undefined; item = this.#items.pop()) item.dispose();
  }
}
