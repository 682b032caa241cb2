import { Worker } from 'node:worker_threads';
import { HoneError } from '../../base/HoneError.ts';
import type { SpaceReader } from '../../core/ports/SpaceReader.ts';
import type { SearchSpace } from '../../core/space/SearchSpace.ts';
import type { Inspection } from '../../core/space/inspectModule.ts';
import type { Assignment } from '../../core/space/Assignment.ts';
import type { EditedFiles, InspectRequest, SpaceAnswer, SpaceRequest } from './spaceMessages.ts';

/** Absolute paths of what the worker needs. */
export interface SpaceReaderFiles {
  readonly worker: string;
  readonly runtimeWasm: string;
  readonly pythonWasm: string;
}

/** A file that takes longer is given up: its own limit is 2 s, the rest is for starting the worker. */
const TIME_LIMIT_MS = 10_000;

type Answer = Exclude<SpaceAnswer, { type: 'space-problem' }>;
/** What a request asks, without the number that it gets. */
type Question = Omit<SpaceRequest, 'id'> | Omit<InspectRequest, 'id'>;

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

  async read(path: string, folder: string, words: readonly string[] = []): Promise<SearchSpace> {
    const answer = await this.#ask({ type: 'space', path, folder, assignment: null, seed: null, words });
    return spaceIn(answer).space;
  }

  async inspect(path: string, folder: string, text: string | null, words: readonly string[] = []): Promise<Inspection> {
    const answer = await this.#ask({ type: 'inspect', path, folder, text, words });
    if (answer.type !== 'inspection') throw new HoneError('protocol', `A worker answered ${answer.type} to inspect.`);
    return answer.inspection;
  }

  async edit(
    path: string,
    folder: string,
    assignment: Assignment,
    seed: number | null,
    words: readonly string[] = [],
  ): Promise<EditedFiles> {
    const { space, files } = spaceIn(await this.#ask({ type: 'space', path, folder, assignment, seed, words }));
    const known = new Set([...space.hyperparameters, ...space.structure].map(({ id }) => id));
    const unknown = Object.keys(assignment).find((id) => !known.has(id));
    if (unknown === undefined) return files;
    throw new HoneError('usage', `${space.script} has no hyperparameter ${unknown}.`, { next: '`hone space` lists them.' });
  }

  #ask(question: Question): Promise<Answer> {
    const worker = this.#start();
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#giveUp('reading it took too long'), TIME_LIMIT_MS);
      this.#waiting.set(id, { path: question.path, resolve, reject, timer });
      worker.ref();
      worker.postMessage({ ...question, id });
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
    if (answer.type !== 'space-problem') waiting.resolve(answer);
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

function spaceIn(answer: Answer): Extract<Answer, { type: 'space' }> {
  if (answer.type === 'space') return answer;
  throw new HoneError('protocol', `A worker answered ${answer.type} to a question for a space.`);
}
