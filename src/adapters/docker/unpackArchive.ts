import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar-stream';
import { HoneError } from '../../base/HoneError.ts';

/** How much of an archive is taken. */
export interface ArchiveLimits {
  readonly bytes: number;
  readonly entries: number;
}

/**
 * Unpacks files and folders of an archive that nobody vouches for. Links and devices are left out, names that lead outside too, and since
 * no link is ever made, none is followed; `directory` must be new or written only by us. Throws HoneError `protocol` beyond the limits.
 */
export async function unpackArchive(archive: Readable, directory: string, limits: ArchiveLimits): Promise<void> {
  let bytes = 0;
  let entries = 0;
  const entriesOf = archive.pipe(extract());
  archive.once('error', (error) => entriesOf.destroy(error));
  for await (const entry of entriesOf) {
    const { name, type, size } = entry.header;
    bytes += size ?? 0;
    entries += 1;
    if (bytes > limits.bytes || entries > limits.entries) {
      throw new HoneError('protocol', 'The trial left more behind than its limit allows.', {
        next: 'Raise limits.artifacts in hone.yaml.',
      });
    }
    const parts = name.split('/').filter((part) => part !== '' && part !== '.');
    const safe = parts.length > 0 && parts.every((part) => part !== '..' && !/[\\\0:]/.test(part));
    if (safe && type === 'directory') await mkdir(join(directory, ...parts), { recursive: true });
    if (safe && type === 'file') {
      const path = join(directory, ...parts);
      await mkdir(dirname(path), { recursive: true });
      await pipeline(entry, createWriteStream(path, { mode: 0o644 }));
    } else {
      entry.resume();
    }
  }
}
