import { open, type FileHandle } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { StringDecoder } from 'node:string_decoder';

export interface TailOptions {
  /** True once nothing more is written; what is there is still read to its end. */
  readonly isOver: () => boolean;
  readonly signal: AbortSignal;
  /** Longer files begin this many bytes before their end. */
  readonly lastBytes: number;
  readonly intervalMs?: number;
}

/** The text of a file as it grows, which may not exist yet. Ends when it is over or the signal is aborted; never mid-character. */
export async function* tailFile(path: string, options: TailOptions): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let file: FileHandle | null = null;
  let position = 0;
  try {
    while (!options.signal.aborted) {
      const over = options.isOver();
      if (file === null) {
        file = await openIfThere(path);
        if (file !== null) position = Math.max(0, (await file.stat()).size - options.lastBytes);
      }
      for (let chunk = await read(file, position); chunk.length > 0; chunk = await read(file, position)) {
        position += chunk.length;
        yield decoder.write(chunk);
      }
      if (over) return;
      await sleep(options.intervalMs ?? 100);
    }
  } finally {
    await file?.close();
  }
}

async function openIfThere(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

async function read(file: FileHandle | null, position: number): Promise<Buffer> {
  if (file === null) return Buffer.alloc(0);
  const buffer = Buffer.alloc(65_536);
  const { bytesRead } = await file.read(buffer, 0, buffer.length, position);
  return buffer.subarray(0, bytesRead);
}
