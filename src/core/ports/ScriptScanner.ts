import type { Script } from '../scan/Script.ts';

export interface ScanRequest {
  /** Absolute path of the folder; paths of results are relative to it. */
  readonly folder: string;
  /** A file or folder to look at, absolute; the whole folder where absent. */
  readonly path?: string;
  /** Files that do not train too, each with its reason. */
  readonly all?: boolean;
}

/** Finds what trains by reading. Never runs anything, never blocks its caller's thread for long. */
export interface ScriptScanner {
  /** Yields scripts as they are found, in no particular order. */
  scan(request: ScanRequest, signal: AbortSignal): AsyncIterable<Script>;
  dispose(): void;
}
