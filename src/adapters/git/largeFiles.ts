import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readFile, readlink, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { SimpleGit } from 'simple-git';

/** A pointer of Git LFS is at most so long. */
const POINTER_BYTES = 1024;

/** Files of a work tree that Git LFS keeps, of which only the pointers are there. Relative to the tree. */
export interface LargeFiles {
  /** The open folder has what is pointed at; the pointers were removed. */
  readonly replaceable: readonly string[];
  readonly absent: readonly string[];
}

/** Looks for what Git LFS keeps, and takes away the pointers to what the open folder has, byte for byte. */
export async function takePointers(git: SimpleGit, folder: string, tree: string): Promise<LargeFiles> {
  const listed = await git.raw(['-C', tree, 'ls-files', '-z', '--', ':(attr:filter=lfs)']);
  const [replaceable, absent]: [string[], string[]] = [[], []];
  for (const path of listed.split('\0').filter((name) => name !== '')) {
    const wasReplaced = (await readlink(join(tree, path)).catch(() => null)) === join(folder, path);
    if (wasReplaced) replaceable.push(path);
    const pointer = await readPointer(join(tree, path));
    if (pointer === null) continue;
    if (await holds(join(folder, path), pointer)) {
      await rm(join(tree, path));
      replaceable.push(path);
    } else absent.push(path);
  }
  return { replaceable, absent };
}

interface Pointer {
  readonly sha256: string;
  readonly bytes: number;
}

async function readPointer(path: string): Promise<Pointer | null> {
  const found = await lstat(path).catch(() => null);
  if (found === null || !found.isFile() || found.size > POINTER_BYTES) return null;
  const text = await readFile(path, 'utf8');
  const match = /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n(?:.*\n)*?oid sha256:([0-9a-f]{64})\nsize (\d+)\n/u.exec(
    text,
  );
  return match === null ? null : { sha256: match[1] ?? '', bytes: Number(match[2]) };
}

async function holds(path: string, { sha256, bytes }: Pointer): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  if (found === null || !found.isFile() || found.size !== bytes) return false;
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex') === sha256;
}
