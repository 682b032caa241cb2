import { Worker } from 'node:worker_threads';
import type { Batch, FromWorker, ToWorker, WorkerData } from './scanMessages.ts';

/** Absolute paths of what a thread needs. */
export interface ScannerFiles {
  readonly worker: string;
  readonly runtimeWasm: string;
  readonly pythonWasm: string;
}

/** What a thread leaves behind that stopped: its batches, in order, and the file that it was reading, where it was reading one. */
export interface LostThread {
  readonly batches: readonly Batch[];
  readonly file: string | null;
  readonly walking: ReadonlySet<number>;
  /** What stopped it; null where it was stuck. */
  readonly cause: Error | null;
}

export interface ScanThreadEvents {
  onMessage(message: FromWorker): void;
  /** At most once; nothing comes after it. */
  onLost(lost: LostThread): void;
}

/** One worker thread, with what was given to it and not yet answered. */
export class ScanThread {
  readonly #worker: Worker;
  readonly #events: ScanThreadEvents;
  readonly #progress = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
  readonly #walking = new Set<number>();
  #batches: Batch[] = [];
  #lastNumber = 0;
  #ended = false;
  #seen = { number: 0, index: 0, looks: 0 };

  constructor(files: ScannerFiles, events: ScanThreadEvents) {
    this.#events = events;
    const { runtimeWasm, pythonWasm } = files;
    this.#worker = new Worker(files.worker, {
      workerData: { runtimeWasm, pythonWasm, progress: this.#progress } satisfies WorkerData,
      resourceLimits: { stackSizeMb: 16, maxYoungGenerationSizeMb: 64 },
    });
    this.#worker.on('message', (message: FromWorker) => this.#receive(message));
    this.#worker.on('error', (cause) => this.#lose(cause instanceof Error ? cause : new Error(String(cause))));
  }

  /** True while it walks a folder: it is then given nothing to read, so that no walk is lost with a file. */
  get walks(): boolean {
    return this.#walking.size > 0;
  }

  /** Batches that it has not answered. */
  get load(): number {
    return this.#batches.length;
  }

  walk(id: number, folder: string, path: string): void {
    this.#walking.add(id);
    this.#send({ type: 'walk', id, folder, path });
  }

  read(work: Omit<Batch, 'type' | 'number'>): void {
    const batch: Batch = { ...work, type: 'read', number: ++this.#lastNumber };
    this.#batches.push(batch);
    this.#send(batch);
  }

  /** Ends a walk early. */
  abort(id: number): void {
    if (this.#walking.has(id)) this.#send({ type: 'abort', id });
  }

  /** Call at regular intervals: gives the thread up at the `limit`-th look that finds it at the same file. Looks are counted, not time,
   * for a caller that stood still itself must not take the thread for stuck. */
  look(limit: number): void {
    const [number = 0, index = 0] = this.#progress;
    const same = this.#batches[0]?.number === number && number === this.#seen.number && index === this.#seen.index;
    this.#seen = { number, index, looks: same ? this.#seen.looks + 1 : 0 };
    if (this.#seen.looks >= limit) this.#lose(null);
  }

  /** Whether it keeps the process alive. */
  hold(alive: boolean): void {
    if (alive) this.#worker.ref();
    else this.#worker.unref();
  }

  dispose(): void {
    this.#ended = true;
    void this.#worker.terminate();
  }

  #receive(message: FromWorker): void {
    if (this.#ended) return;
    if (message.type === 'walked') this.#walking.delete(message.id);
    if (message.type === 'scripts') this.#batches = this.#batches.filter((batch) => batch.number !== message.number);
    this.#events.onMessage(message);
  }

  #lose(cause: Error | null): void {
    if (this.#ended) return;
    this.dispose();
    const [number = 0, index = 0] = this.#progress;
    const [first] = this.#batches;
    const file = first?.number === number ? (first.files[index] ?? null) : null;
    this.#events.onLost({ batches: this.#batches, file, walking: this.#walking, cause });
  }

  #send(message: ToWorker): void {
    this.#worker.postMessage(message);
  }
}
