import { PassThrough, type Readable } from 'node:stream';
import { pack, type Pack } from 'tar-stream';

/** A tar stream of what `write` puts into it; what it throws breaks the stream. */
export function packArchive(write: (archive: Pack) => Promise<void> | void): Readable {
  const archive = pack();
  const output = new PassThrough();
  const fail = (error: unknown): void => void output.destroy(error instanceof Error ? error : new Error(String(error)));
  archive.on('error', fail);
  archive.pipe(output);
  Promise.resolve()
    .then(() => write(archive))
    .then(() => archive.finalize(), fail);
  return output;
}
