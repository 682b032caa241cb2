import { join } from 'node:path';
import type { SpaceReader } from '../../core/ports/SpaceReader.ts';
import type { ScriptScannerOptions } from './createScriptScanner.ts';
import { WorkerSpaceReader } from './WorkerSpaceReader.ts';

/** Creates the reader of search spaces. */
export function createSpaceReader(options: Pick<ScriptScannerOptions, 'distDirectory'>): SpaceReader {
  const inDist = (name: string): string => join(options.distDirectory, name);
  return new WorkerSpaceReader({
    worker: inDist('scanWorker.js'),
    runtimeWasm: inDist('web-tree-sitter.wasm'),
    pythonWasm: inDist('tree-sitter-python.wasm'),
  });
}
