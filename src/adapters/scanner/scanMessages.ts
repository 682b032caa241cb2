import type { Script } from '../../core/scan/Script.ts';

/** What the scanner tells its workers. */
export type ToWorker =
  | {
      readonly type: 'scan';
      readonly id: number;
      readonly folder: string;
      /** Absolute path of the file or folder to look at. */
      readonly path: string;
      readonly all: boolean;
      /** This worker's share: files whose number modulo `count` is `index`. */
      readonly share: { readonly index: number; readonly count: number };
    }
  | { readonly type: 'abort'; readonly id: number };

/** What a worker answers: scripts as they are found, then one `done` or `failed`. */
export type FromWorker =
  | { readonly type: 'scripts'; readonly id: number; readonly scripts: readonly Script[] }
  | { readonly type: 'done'; readonly id: number }
  | { readonly type: 'failed'; readonly id: number; readonly message: string };

/** Where a worker finds the parser. */
export interface WorkerData {
  readonly runtimeWasm: string;
  readonly pythonWasm: string;
}
