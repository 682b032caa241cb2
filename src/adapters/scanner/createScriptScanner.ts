import { HoneError } from '../../base/HoneError.ts';
import type { ScriptScanner } from '../../core/ports/ScriptScanner.ts';

export interface ScriptScannerOptions {
  /** Absolute path of the folder that holds scanWorker.js and the two .wasm files. */
  readonly distDirectory: string;
}

/** Creates the scanner that reads files in worker threads. */
export function createScriptScanner(options: ScriptScannerOptions): ScriptScanner {
  return {
    // oxlint-disable-next-line require-yield
    async *scan() {
      throw new HoneError('internal', `There is no scanner in ${options.distDirectory} yet.`);
    },
    dispose() {},
  };
}
