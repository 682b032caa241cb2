import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { HoneError } from '../../base/HoneError.ts';
import type { ScanRequest, ScriptScanner } from '../../core/ports/ScriptScanner.ts';
import type { Script } from '../../core/scan/Script.ts';
import type { FromWorker, ToWorker, WorkerData } from './scanMessages.ts';

/** Absolute paths of what a worker needs. */
export interface ScannerFiles extends WorkerData {
  readonly worker: string;
}

const MAX_WORKERS = 4;

/** One scan under way: what it found and nobody has taken yet. */
interface Job {
  readonly found: Script[];
  pending: number;
  failure: HoneError | null;
  wake: () => void;
}

/** Scans in worker threads, each a share of the files; they are started at the first scan and kept, so that later ones are warm. */
export class WorkerScriptScanner implements ScriptScanner {
  readonly #files: ScannerFiles;
  readonly #jobs = new Map<number, Job>();
  #workers: Worker[] = [];
  #lastId = 0;

  constructor(files: ScannerFiles) {
    this.#files = files;
  }

  async *scan(request: ScanRequest, signal: AbortSignal): AsyncGenerator<Script, void, undefined> {
    const path = request.path ?? request.folder;
    const count = (await isFolder(path)) ? Math.min(availableParallelism(), MAX_WORKERS) : 1;
    if (signal.aborted) throw cancelled();
    const id = ++this.#lastId;
    const job: Job = { found: [], pending: count, failure: null, wake: () => undefined };
    this.#jobs.set(id, job);
    const wake = (): void => job.wake();
    signal.addEventListener('abort', wake);
    const workers = Array.from({ length: count }, (_, index) => this.#worker(index));
    try {
      workers.forEach((worker, index) =>
        send(worker, { type: 'scan', id, folder: request.folder, path, all: request.all ?? false, share: { index, count } }),
      );
      while (!signal.aborted) {
        for (let script = job.found.shift(); script !== undefined; script = job.found.shift()) yield script;
        if (job.failure !== null) throw job.failure;
        if (job.pending === 0) return;
        await new Promise<void>((resolve) => {
          job.wake = resolve;
          if (signal.aborted) resolve();
        });
      }
      throw cancelled();
    } finally {
      signal.removeEventListener('abort', wake);
      this.#jobs.delete(id);
      if (job.pending > 0) for (const worker of workers) send(worker, { type: 'abort', id });
      this.#rest();
    }
  }

  dispose(): void {
    for (const worker of this.#workers.splice(0)) void worker.terminate();
    this.#failAll(new HoneError('cancelled', 'The scan was cancelled.'));
  }

  #worker(index: number): Worker {
    const existing = this.#workers[index];
    existing?.ref();
    if (existing !== undefined) return existing;
    const { worker: entry, runtimeWasm, pythonWasm } = this.#files;
    const worker = new Worker(entry, {
      workerData: { runtimeWasm, pythonWasm } satisfies WorkerData,
      resourceLimits: { stackSizeMb: 16, maxYoungGenerationSizeMb: 64 },
    });
    worker.on('message', (message: FromWorker) => this.#receive(message));
    worker.on('error', (cause) => {
      this.#workers = this.#workers.filter((other) => other !== worker);
      this.#failAll(new HoneError('internal', 'Reading the files failed.', { cause }));
    });
    this.#workers[index] = worker;
    return worker;
  }

  #receive(message: FromWorker): void {
    const job = this.#jobs.get(message.id);
    if (job === undefined) return;
    if (message.type === 'scripts') job.found.push(...message.scripts);
    else job.pending--;
    if (message.type === 'failed') job.failure = new HoneError('internal', `Reading the files failed: ${message.message}.`);
    job.wake();
  }

  /** An idle worker does not keep the process alive. */
  #rest(): void {
    if (this.#jobs.size === 0) for (const worker of this.#workers) worker.unref();
  }

  #failAll(failure: HoneError): void {
    for (const job of this.#jobs.values()) {
      job.failure = failure;
      job.wake();
    }
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (cause) {
    throw new HoneError('not-found', `There is no file or folder ${path}.`, { cause, next: 'Check the path.' });
  }
}

function cancelled(): HoneError {
  return new HoneError('cancelled', 'The scan was cancelled.');
}

function send(worker: Worker, message: ToWorker): void {
  worker.postMessage(message);
}
