import { createReadStream } from 'node:fs';
import { lstat, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Pack } from 'tar-stream';
import { packArchive } from './packArchive.ts';
import type { Input } from './StudyPlacement.ts';

/** Inputs as a tar stream, paths relative to /hone. Readable by everyone; links stay links; what is neither file, folder nor link is left out. */
export function packInputs(inputs: readonly Input[], emptyFolders: readonly string[]): Readable {
  return packArchive(async (archive) => {
    for (const name of emptyFolders) archive.entry({ name, type: 'directory', mode: 0o755 });
    for (const { from, to } of inputs) await packItem(archive, from, to.replace(/^\/hone\//, ''));
  });
}

async function packItem(archive: Pack, path: string, name: string): Promise<void> {
  const { size, mode, mtime, ...kind } = await lstat(path).then((found) => ({
    size: found.size,
    mode: found.mode,
    mtime: found.mtime,
    directory: found.isDirectory(),
    file: found.isFile(),
    link: found.isSymbolicLink(),
  }));
  if (kind.link) archive.entry({ name, type: 'symlink', linkname: await readlink(path), mtime });
  if (kind.file)
    await pipeline(
      createReadStream(path, { end: Math.max(0, size - 1) }),
      archive.entry({ name, size, mtime, mode: (mode & 0o777) | 0o444 }),
    );
  if (!kind.directory) return;
  archive.entry({ name, type: 'directory', mode: 0o755, mtime });
  for (const child of await readdir(path)) await packItem(archive, join(path, child), `${name}/${child}`);
}
