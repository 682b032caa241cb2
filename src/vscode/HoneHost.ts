import type { Hone } from '../app/Hone.ts';
import type { Disposable } from '../base/DisposableStore.ts';

/** Makes the engine when it is first asked for, since loading it costs time. */
export class HoneHost implements Disposable {
  readonly #create: () => Promise<Hone>;
  #hone: Promise<Hone> | null = null;

  constructor(create: () => Promise<Hone>) {
    this.#create = create;
  }

  /** The engine; a failure to load it is not remembered, so that the next call tries again. */
  get(): Promise<Hone> {
    const hone = this.#hone ?? this.#create();
    this.#hone = hone;
    hone.catch(() => {
      if (this.#hone === hone) this.#hone = null;
    });
    return hone;
  }

  /** Lets go of the engine. Studies that run go on: their supervisors are processes of their own. */
  dispose(): void {
    const hone = this.#hone;
    this.#hone = null;
    void hone?.then(
      (made) => made.dispose(),
      () => undefined, // whoever asked for it was told
    );
  }
}
