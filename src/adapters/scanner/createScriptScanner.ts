import { join } from 'node:path';
import type { ScriptScanner } from '../../core/ports/ScriptScanner.ts';
import { WorkerScriptScanner } from './WorkerScriptScanner.ts';

export interface ScriptScannerOptions {
  /** Absolute path of the folder that holds scanWorker.js and the two .wasm files. */
  readonly distDirectory: string;
}

/** Creates the scanner that reads files in worker threads. */
export function createScriptScanner(options: ScriptScannerOptions): ScriptScanner {
  const inDist = (name: string): string => join(options.distDirectory, name);
  return new WorkerScriptScanner({
    worker: inDist('scanWorker.js'),
    runtimeWasm: inDist('web-tree-sitter.wasm'),
    pythonWasm: inDist('tree-sitter-python.wasm'),
  });
}
