import { Worker } from 'node:worker_threads';
import { HoneError } from '../../base/HoneError.ts';
import type { SpaceReader } from '../../core/ports/SpaceReader.ts';
import type { SearchSpace } from '../../core/space/SearchSpace.ts';
import type { Assignment } from '../../core/space/Assignment.ts';
import type { EditedFiles, SpaceAnswer, SpaceRequest } from './spaceMessages.ts';

/** Absolute paths of what the worker needs. */
export interface SpaceReaderFiles {
  readonly worker: string;
  readonly runtimeWasm: string;
  readonly pythonWasm: string;
}

/** A file that takes longer is given up: its own limit is 2 s, the rest is for starting the worker. */
const TIME_LIMIT_MS = 10_000;

type Answer = Extract<SpaceAnswer, { type: 'space' }>;

interface Waiting {
  readonly path: string;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: HoneError) => void;
  readonly timer: NodeJS.Timeout;
}

/** Reads search spaces in a worker thread, started at the first request and kept. */
export class WorkerSpaceReader implements SpaceReader {
  readonly #files: SpaceReaderFiles;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #lastId = 0;

  constructor(files: SpaceReaderFiles) {
    this.#files = files;
  }

  async read(path: string, folder: string): Promise<SearchSpace> {
    const { space } = await this.#ask(path, folder, null);
    return space;
  }

  async edit(path: string, folder: string, assignment: Assignment): Promise<EditedFiles> {
    const { space, files } = await this.#ask(path, folder, assignment);
    const unknown = Object.keys(assignment).find(
      (id) => !space.hyperparameters.some((hyperparameter) => hyperparameter.id === id),
    );
    if (unknown === undefined) return files;
    throw new HoneError('usage', `${space.script} has no hyperparameter ${unknown}.`, { next: '`hone space` lists them.' });
  }

  #ask(path: string, folder: string, assignment: Assignment | null): Promise<Answer> {
    const worker = this.#start();
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#giveUp('reading it took too long'), TIME_LIMIT_MS);
      this.#waiting.set(id, { path, resolve, reject, timer });
      worker.ref();
      worker.postMessage({ type: 'space', id, path, folder, assignment } satisfies SpaceRequest);
    });
  }

  dispose(): void {
    this.#giveUp('it was cancelled');
  }

  #start(): Worker {
    if (this.#worker !== null) return this.#worker;
    const { worker: entry, runtimeWasm, pythonWasm } = this.#files;
    const worker = new Worker(entry, {
      workerData: { runtimeWasm, pythonWasm, progress: new Int32Array(new SharedArrayBuffer(8)) },
      resourceLimits: { stackSizeMb: 16 },
    });
    worker.on('message', (answer: SpaceAnswer) => this.#receive(answer));
    worker.on('error', () => this.#giveUp('reading it failed'));
    this.#worker = worker;
    return worker;
  }

  #receive(answer: SpaceAnswer): void {
    const waiting = this.#waiting.get(answer.id);
    if (waiting === undefined) return;
    this.#settle(answer.id, waiting);
    if (answer.type === 'space') waiting.resolve(answer);
    else waiting.reject(new HoneError('unreadable-source', `${waiting.path} was not read. ${answer.problem}`));
  }

  #settle(id: number, waiting: Waiting): void {
    clearTimeout(waiting.timer);
    this.#waiting.delete(id);
    if (this.#waiting.size === 0) this.#worker?.unref();
  }

  /** Ends the worker and all that wait for it; the next request starts another. */
  #giveUp(why: string): void {
    void this.#worker?.terminate();
    this.#worker = null;
    for (const [id, waiting] of this.#waiting) {
      this.#settle(id, waiting);
      waiting.reject(new HoneError('unreadable-source', `${waiting.path} was given up: ${why}.`));
    }
  }
}
