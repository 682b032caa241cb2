import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { HoneError } from '../base/HoneError.ts';

/** Writes a result where an option named a place for it, in folders made for it. @throws HoneError `usage` with the reason */
export async function writeResult(path: string, text: string, option: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new HoneError('usage', `${path} cannot be written: ${why}.`, {
      next: `Name another file with ${option}.`,
      cause: error,
    });
  }
}
