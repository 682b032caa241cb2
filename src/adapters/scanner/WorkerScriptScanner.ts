import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { HoneError } from '../../base/HoneError.ts';
import type { ScanRequest, ScriptScanner } from '../../core/ports/ScriptScanner.ts';
import { unreadableScript } from '../../core/scan/analyzeScript.ts';
import type { Script } from '../../core/scan/Script.ts';
import { displayPath } from './ModuleLoader.ts';
import { ScanJob } from './ScanJob.ts';
import type { FromWorker } from './scanMessages.ts';
import { ScanThread, type LostThread, type ScannerFiles } from './ScanThread.ts';

/** At least two, so that a saved file does not wait for a folder. */
const MAX_THREADS = Math.max(2, Math.min(availableParallelism(), 4));
/** Batches that a thread has at once: it reads one while the next is on its way. */
const AHEAD = 2;
const MAX_BATCH = 64;
/** With fewer files than this waiting, a thread more is not worth its start. */
const WORTH_A_THREAD = 48;
const MAX_LOST = 20;
const LOOK_EVERY_MS = 500;

export interface WorkerScriptScannerOptions {
  /** Time after which a thread that is still at the same file is given up, and the file with it. */
  readonly stuckAfterMs: number;
}

/** Scans in worker threads. They are started as there is work for them and kept, so that later scans are warm. */
export class WorkerScriptScanner implements ScriptScanner {
  readonly #files: ScannerFiles;
  readonly #options: WorkerScriptScannerOptions;
  readonly #jobs = new Map<number, ScanJob>();
  #threads: ScanThread[] = [];
  #watch: NodeJS.Timeout | null = null;
  #lastId = 0;

  constructor(files: ScannerFiles, options: WorkerScriptScannerOptions = { stuckAfterMs: 5000 }) {
    this.#files = files;
    this.#options = options;
  }

  async *scan(request: ScanRequest, signal: AbortSignal): AsyncGenerator<Script, void, undefined> {
    const path = request.path ?? request.folder;
    const isFolder = await readIsFolder(path);
    if (signal.aborted) throw cancelled();
    const job = new ScanJob(++this.#lastId, request, isFolder ? null : path);
    const wake = (): void => job.wake();
    signal.addEventListener('abort', wake);
    this.#begin(job, path);
    try {
      for (;;) {
        const scripts = job.collect();
        for (const script of scripts) {
          if (signal.aborted) throw cancelled();
          yield script;
        }
        if (signal.aborted) throw cancelled();
        // More may have come while these were looked at.
        if (scripts.length > 0) continue;
        if (job.failure !== null) throw job.failure;
        if (job.done) return;
        await job.next();
      }
    } finally {
      signal.removeEventListener('abort', wake);
      this.#end(job);
    }
  }

  dispose(): void {
    for (const thread of this.#threads.splice(0)) thread.dispose();
    for (const job of this.#jobs.values()) job.fail(cancelled());
    this.#rest();
  }

  #begin(job: ScanJob, path: string): void {
    this.#jobs.set(job.id, job);
    for (const thread of this.#threads) thread.hold(true);
    this.#watch ??= setInterval(() => {
      for (const thread of this.#threads) thread.look(Math.ceil(this.#options.stuckAfterMs / LOOK_EVERY_MS));
    }, LOOK_EVERY_MS).unref();
    if (job.walking) (this.#threads.find((thread) => thread.load === 0) ?? this.#start()).walk(job.id, job.folder, path);
    else this.#share();
  }

  #end(job: ScanJob): void {
    this.#jobs.delete(job.id);
    for (const thread of this.#threads) thread.abort(job.id);
    if (this.#jobs.size === 0) this.#rest();
  }

  /** Idle threads do not keep the process alive. */
  #rest(): void {
    for (const thread of this.#threads) thread.hold(false);
    if (this.#watch !== null) clearInterval(this.#watch);
    this.#watch = null;
  }

  #start(): ScanThread {
    const thread: ScanThread = new ScanThread(this.#files, {
      onMessage: (message) => this.#receive(message),
      onLost: (lost) => this.#replace(thread, lost),
    });
    this.#threads.push(thread);
    return thread;
  }

  /** Gives threads as much to read as they can take; the newest scan comes first, since it is the smallest. */
  #share(): void {
    for (const job of [...this.#jobs.values()].toReversed()) {
      while (job.waiting > 0) {
        const thread = this.#free(job.waiting);
        if (thread === null) return;
        const count = Math.min(MAX_BATCH, Math.max(4, Math.ceil(job.waiting / (MAX_THREADS * AHEAD * 2))));
        thread.read({ id: job.id, folder: job.folder, all: job.all, files: job.take(count) });
      }
    }
  }

  #free(waiting: number): ScanThread | null {
    const [free] = this.#threads.filter((thread) => !thread.walks && thread.load < AHEAD).sort((a, b) => a.load - b.load);
    if (free?.load === 0) return free;
    const readers = this.#threads.some((thread) => !thread.walks);
    return this.#threads.length < MAX_THREADS && (!readers || waiting >= WORTH_A_THREAD) ? this.#start() : (free ?? null);
  }

  #receive(message: FromWorker): void {
    const job = this.#jobs.get(message.id);
    if (message.type === 'files') {
      job?.add(message.files);
      job?.found(message.unreadable, 0);
    } else if (message.type === 'walked') {
      if (job !== undefined) job.walking = false;
      job?.wake();
    } else job?.found(message.scripts, message.files);
    this.#share();
  }

  /** What a lost thread had to read, others read, but for the file that it was at. */
  #replace(thread: ScanThread, { batches, file, walking, cause }: LostThread): void {
    this.#threads = this.#threads.filter((other) => other !== thread);
    const failed = new HoneError('internal', 'Reading the files failed.', { cause });
    for (const id of walking) this.#jobs.get(id)?.fail(failed);
    for (const [index, batch] of batches.entries()) {
      const job = this.#jobs.get(batch.id);
      if (job !== undefined && (file === null || ++job.lost > MAX_LOST)) job.fail(failed);
      const left = index === 0 && file !== null ? batch.files.filter((other) => other !== file) : batch.files;
      job?.add(left);
      job?.found([], batch.files.length);
      if (left.length < batch.files.length && file !== null && batch.all)
        job?.found([unreadableScript(displayPath(file, batch.folder), cause === null ? STUCK : FAILED)], 0);
    }
    this.#share();
  }
}

const STUCK = 'Reading it took too long, so it was given up.';
const FAILED = 'Reading it failed, so it was given up.';

async function readIsFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (cause) {
    throw new HoneError('not-found', `There is no file or folder ${path}.`, { cause, next: 'Check the path.' });
  }
}

function cancelled(): HoneError {
  return new HoneError('cancelled', 'The scan was cancelled.');
}
