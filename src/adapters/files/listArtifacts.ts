import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { HoneError } from '../../base/HoneError.ts';
import type { Artifact } from '../../core/study/JournalEvent.ts';

const MOST = 10_000;

/** The regular files below a folder that untrusted code filled, at most 10,000, sorted. Links are neither followed nor listed. */
export async function listArtifacts(directory: string): Promise<readonly Artifact[]> {
  const artifacts: Artifact[] = [];
  await collect(directory, '', artifacts);
  return artifacts;
}

async function collect(root: string, path: string, artifacts: Artifact[]): Promise<void> {
  const found = await readdir(join(root, path), { withFileTypes: true }).catch(() => []);
  for (const item of found.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (artifacts.length >= MOST) return;
    const own = path === '' ? item.name : `${path}/${item.name}`;
    if (item.isDirectory()) await collect(root, own, artifacts);
    else if (item.isFile()) artifacts.push({ path: own, bytes: (await lstat(join(root, own))).size });
  }
}

/**
 * Absolute path of an artifact by its relative path.
 * @throws HoneError `not-found` where any part of the path is a link, climbs out, or is absent
 */
export async function resolveArtifact(directory: string, artifact: string): Promise<string> {
  let path = directory;
  for (const part of artifact.split('/')) {
    path = join(path, part);
    const found = part === '..' || part === '' ? null : await lstat(path).catch(() => null);
    if (found === null || found.isSymbolicLink()) {
      throw new HoneError('not-found', `The artifact ${artifact} is not there any more.`, {
        next: 'Run the trial again to make it anew.',
      });
    }
  }
  return path;
}
