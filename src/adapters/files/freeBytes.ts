import { statfs } from 'node:fs/promises';

/** What is free on the disk of a path for this user, bytes; null where nobody knows. */
export async function freeBytes(path: string): Promise<number | null> {
  const found = await statfs(path).catch(() => null);
  return found === null || found.blocks === 0 ? null : found.bavail * found.bsize;
}
