import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { FolderList } from '../../core/ports/FolderList.ts';

/** Keeps the list as one small file a folder, below `directory`: so that any number of processes may add to it. */
export function createFolderList(directory: string): FolderList {
  const fileOf = (folder: string): string =>
    join(directory, createHash('sha256').update(resolve(folder)).digest('hex').slice(0, 24));
  return {
    async folders() {
      const names = await readdir(directory).catch(() => []);
      const found = await Promise.all(names.map((name) => check(join(directory, name))));
      return found.filter((folder) => folder !== null).sort();
    },
    async remember(folder) {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      await writeFile(fileOf(folder), `${resolve(folder)}\n`, { mode: 0o600 });
    },
  };
}

/** The folder that a file names; null where it holds no study any more, and is forgotten. */
async function check(file: string): Promise<string | null> {
  const folder = (await readFile(file, 'utf8').catch(() => '')).trim();
  const studies = folder === '' ? [] : await readdir(join(folder, '.hone', 'studies')).catch(() => []);
  if (studies.length > 0) return folder;
  await rm(file, { force: true });
  return null;
}
