import { randomUUID } from 'node:crypto';
import { mkdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { HoneError } from '../../base/HoneError.ts';
import type { SourceFiles } from '../../core/ports/SourceFiles.ts';
import { encodeLike, textOf } from './encodeLike.ts';
import { isInside } from './isInside.ts';
import { translateFileError } from './translateFileError.ts';

/** The source files on the disk. A link is followed as far as it stays in the folder. */
export function createSourceFiles(): SourceFiles {
  return {
    read: async (path) => {
      const bytes = await readBytes(path);
      return bytes === null ? null : textOf(bytes);
    },
    write: async (folder, path, before, text) => {
      try {
        const real = before === null ? await placeFor(path) : await realpath(path);
        if (!isInside(await realpath(folder), real)) {
          throw new HoneError('usage', `${path} is a link to ${real}, outside the folder: it was not changed.`, {
            next: 'Apply the diff there by hand.',
          });
        }
        if (before === null) await create(real, text);
        else await replace(real, before, text);
      } catch (error) {
        throw translateFileError(error, path);
      }
    },
  };
}

/** Where a file that is not there would be, links of the folders that lead to it followed. */
async function placeFor(path: string): Promise<string> {
  const parent = dirname(path);
  const isThere = await stat(parent).then(
    () => true,
    () => false,
  );
  return join(isThere ? await realpath(parent) : await placeFor(parent), basename(path));
}

async function create(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  try {
    await writeFile(path, text, { flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    throw new HoneError('usage', `${path} was made meanwhile, so it was left as it is.`, { next: 'Try again.', cause: error });
  }
}

async function replace(path: string, before: string, text: string): Promise<void> {
  const bytes = await readFile(path);
  if (textOf(bytes) !== before) {
    throw new HoneError('usage', `${path} was changed meanwhile, so it was left as it is.`, { next: 'Try again.' });
  }
  const draft = `${path}.${randomUUID()}.tmp`;
  try {
    await writeFile(draft, encodeLike(bytes, text), { flag: 'wx', mode: (await stat(path)).mode });
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

async function readBytes(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw translateFileError(error, path);
  }
}
