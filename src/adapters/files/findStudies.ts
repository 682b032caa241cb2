import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Archives of build servers have studies below `.hone/studies`, and that below a folder of the project's. */
const DEPTH = 8;
const MOST = 100;

/** Folders with a plan and a journal in them, the one named or those below it, sorted. Links are not followed. */
export async function findStudies(directory: string, depth = DEPTH): Promise<readonly string[]> {
  const items = await readdir(directory, { withFileTypes: true });
  const has = (name: string): boolean => items.some((item) => item.name === name && item.isFile());
  if (has('plan.json') && has('journal.jsonl')) return [directory];
  if (depth === 0) return [];
  const found: string[] = [];
  for (const item of items.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const skipped = !item.isDirectory() || item.name === 'node_modules' || item.name === '.git';
    if (!skipped && found.length < MOST) found.push(...(await findStudies(join(directory, item.name), depth - 1)));
  }
  return found.slice(0, MOST);
}
