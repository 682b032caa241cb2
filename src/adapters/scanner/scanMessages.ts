import type { Script } from '../../core/scan/Script.ts';

/** What the scanner tells its workers; `id` is the scan's. */
export type ToWorker =
  | { readonly type: 'walk'; readonly id: number; readonly folder: string; readonly path: string }
  | Batch
  | { readonly type: 'abort'; readonly id: number };

/** Files to read, absolute, for one worker to answer at once. */
export interface Batch {
  readonly type: 'read';
  readonly id: number;
  /** Counts from 1 within the worker. */
  readonly number: number;
  readonly folder: string;
  /** Whether files that do not train are of interest, too. */
  readonly all: boolean;
  readonly files: readonly string[];
}

/** What a worker answers: `files` as a walk finds them, with the folders that it could not list, then `walked`; `scripts` for a batch. */
export type FromWorker =
  | { readonly type: 'files'; readonly id: number; readonly files: readonly string[]; readonly unreadable: readonly Script[] }
  | { readonly type: 'walked'; readonly id: number }
  | {
      readonly type: 'scripts';
      readonly id: number;
      readonly number: number;
      readonly files: number;
      readonly scripts: readonly Script[];
    };

/** What a worker starts with. */
export interface WorkerData {
  readonly runtimeWasm: string;
  readonly pythonWasm: string;
  /** Shared: the number of the batch that is being read, and the index of the file in it. */
  readonly progress: Int32Array;
}
