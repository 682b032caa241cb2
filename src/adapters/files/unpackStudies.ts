import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { openPromise, type Entry } from 'yauzl';
import { HoneError } from '../../base/HoneError.ts';
import { unpackArchive, type ArchiveLimits } from '../docker/unpackArchive.ts';

/**
 * Unpacks an archive that nobody vouches for into a new folder: zip, tar or tar.gz, by what its first bytes say. Only files are taken, none
 * by a name that leads outside. @throws HoneError `usage` for what is no archive, or more than the limits
 */
export async function unpackStudies(path: string, directory: string, limits: ArchiveLimits): Promise<void> {
  const head = await readHead(path);
  try {
    if (head.subarray(0, 2).equals(Buffer.from('PK'))) await unpackZip(path, directory, limits);
    else if (head.subarray(0, 2).equals(Buffer.from([0x1f, 0x8b])))
      await unpackArchive(piped(createReadStream(path), createGunzip()), directory, limits);
    else if (head.subarray(257, 262).equals(Buffer.from('ustar'))) await unpackArchive(createReadStream(path), directory, limits);
    else throw new Error('it is neither a zip nor a tar file');
  } catch (error) {
    const why =
      error instanceof HoneError && error.code === 'protocol'
        ? 'it holds more than studies do'
        : error instanceof Error
          ? error.message
          : String(error);
    throw new HoneError('usage', `${path} cannot be unpacked: ${why}.`, {
      next: 'Name the folder of a study, or an archive of one.',
      cause: error,
    });
  }
}

function piped(from: Readable, through: ReturnType<typeof createGunzip>): Readable {
  from.once('error', (error) => through.destroy(error));
  return from.pipe(through);
}

async function readHead(path: string): Promise<Buffer> {
  for await (const chunk of createReadStream(path, { end: 511 })) return chunk as Buffer;
  return Buffer.alloc(0);
}

async function unpackZip(path: string, directory: string, limits: ArchiveLimits): Promise<void> {
  const archive = await openPromise(path, { lazyEntries: true, validateEntrySizes: true });
  let [bytes, entries] = [0, 0];
  try {
    for await (const entry of archive.eachEntry()) {
      bytes += entry.uncompressedSize;
      entries += 1;
      if (bytes > limits.bytes || entries > limits.entries) throw new HoneError('protocol', 'The archive is too large.');
      const parts = entry.fileName.split('/');
      const safe = parts.every((part) => part !== '' && part !== '.' && part !== '..' && !/[\\\0:]/u.test(part));
      if (!safe || !isRegular(entry)) continue;
      const place = join(directory, ...parts);
      await mkdir(dirname(place), { recursive: true });
      await pipeline(await archive.openReadStreamPromise(entry), createWriteStream(place, { mode: 0o644 }));
    }
  } finally {
    archive.close();
  }
}

/** Whether an entry is a file; the upper half of its attributes is what Unix says of it, 0 where another system packed it. */
function isRegular({ externalFileAttributes }: Entry): boolean {
  const kind = (externalFileAttributes >>> 16) & 0o170000;
  return kind === 0 || kind === 0o100000;
}
