import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** What the files below a folder take, bytes; links count as themselves. What vanishes meanwhile counts for nothing. */
export async function folderSize(folder: string): Promise<number> {
  const found = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const sizes = found.map(async (item) => {
    const path = join(folder, item.name);
    if (item.isDirectory()) return folderSize(path);
    return (await lstat(path).catch(() => null))?.size ?? 0;
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
