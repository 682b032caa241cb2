import { randomUUID } from 'node:crypto';
import { readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HoneError } from '../../base/HoneError.ts';
import type { ConfigurationFile } from '../../core/ports/ConfigurationFile.ts';
import { isInside } from './isInside.ts';
import { translateFileError } from './translateFileError.ts';

/** The hone.yaml on the disk. A link is followed as far as it stays in the folder. */
export function createConfigurationFile(): ConfigurationFile {
  return {
    read: async (folder) => (await readText(join(folder, 'hone.yaml'))) ?? '',
    write: async (folder, before, text) => {
      const path = join(folder, 'hone.yaml');
      try {
        await replace(await targetOf(folder, path), before, text);
      } catch (error) {
        throw translateFileError(error, path);
      }
    },
  };
}

/** Where the text lies: the file itself, or what it links to. */
async function targetOf(folder: string, path: string): Promise<string> {
  const real = await realpath(path).catch(() => null);
  if (real === null || isInside(await realpath(folder), real)) return real ?? path;
  throw new HoneError('configuration', `${path} is a link to ${real}, outside the folder: it was not changed.`, {
    next: 'Change it there, or put a file in its place.',
  });
}

async function replace(path: string, before: string, text: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  const draft = `${path}.${randomUUID()}.tmp`;
  try {
    await writeFile(draft, text, { flag: 'wx', ...(found === null ? {} : { mode: found.mode }) });
    if (((await readText(path)) ?? '') !== before) {
      throw new HoneError('configuration', `${path} was changed meanwhile, so it was left as it is.`, { next: 'Try again.' });
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
