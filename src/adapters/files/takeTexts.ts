import { lstat, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { textOf } from './encodeLike.ts';
import { listArtifacts } from './listArtifacts.ts';

const SOURCES = /\.(py|ipynb|ya?ml|json|toml|cfg|ini|txt)$/iu;
/** A larger file is data. */
const MOST_BYTES = 4_000_000;

/** The source files that untrusted code left in a folder, as texts by path, and the folder removed. Follows no links. */
export async function takeTexts(folder: string): Promise<Readonly<Record<string, string>>> {
  const texts: Record<string, string> = {};
  if ((await lstat(folder).catch(() => null))?.isDirectory() !== true) return texts;
  for (const { path, bytes } of await listArtifacts(folder)) {
    if (SOURCES.test(path) && bytes <= MOST_BYTES) texts[path] = textOf(await readFile(join(folder, path)));
  }
  await rm(folder, { recursive: true, force: true });
  return texts;
}
