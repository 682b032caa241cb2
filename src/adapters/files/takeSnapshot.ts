import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, matchesGlob } from 'node:path';
import type { Snapshot, SnapshotOptions } from '../../core/ports/StudyStore.ts';
import type { SnapshotFile } from '../../core/study/StudyPlan.ts';
import { walkProject } from './walkProject.ts';

/** Where scripts write their accuracy: results of earlier runs, never input. */
const RESULT_FILE = /(^|\/)(accuracy|acc|output|results?|report)\.txt$/i;

/**
 * Copies a project's code and configuration into `destination` and lists what is linked instead.
 * @param root absolute path of the project
 */
export async function takeSnapshot(root: string, destination: string, { outputs, data }: SnapshotOptions): Promise<Snapshot> {
  const stale = (path: string): boolean => RESULT_FILE.test(path) || outputs.some((glob) => matchesGlob(path, glob));
  const entries = (await walkProject(root, data)).filter((entry) => !stale(entry.path));
  const files: SnapshotFile[] = [];
  for (const { path, use } of entries) {
    if (use === 'copy') files.push(await copyFile(root, destination, path));
  }
  const links = entries
    .filter((entry) => entry.use === 'link-file' || entry.use === 'link-directory')
    .map(({ path, use }) => ({ path, directory: use === 'link-directory' }));
  const leftOut = entries.filter((entry) => entry.use === 'outside').map(({ path }) => path);
  return { files, links, leftOut };
}

async function copyFile(root: string, destination: string, path: string): Promise<SnapshotFile> {
  const bytes = await readFile(join(root, path));
  const target = join(destination, path);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, bytes);
  return { path, sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length };
}
