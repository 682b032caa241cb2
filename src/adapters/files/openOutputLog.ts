import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { OutputLog } from '../../core/ports/StudyStore.ts';

/** Kept of one trial's output, bytes. */
const MOST_BYTES = 50_000_000;

/** Appends a trial's output to its log, up to 50 MB. A disk that fills loses output, never the trial. */
export function openOutputLog(path: string): OutputLog {
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, 'a', 0o600);
  let written = 0;
  return {
    write(text) {
      if (written > MOST_BYTES) return;
      const bytes = Buffer.byteLength(text);
      const last = written + bytes > MOST_BYTES;
      tryWrite(file, last ? '\n[The output goes on; its first 50 MB are kept.]\n' : text);
      written += bytes;
    },
    close: () => closeSync(file),
  };
}

function tryWrite(file: number, text: string): void {
  try {
    writeSync(file, text);
  } catch (error) {
    // A full disk loses output and nothing else: the journal says when it is the one that cannot be written.
    if (!(error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT'))) throw error;
  }
}
