import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** What tests and the demo set up once and keep: virtual environments, an editor, downloads. Safe to delete. */
export const cacheDirectory = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'hone-ci');

/** Node 24: this process's own where it is new enough, else the one among the dependencies. */
export const node24 =
  Number(process.versions.node.split('.')[0]) >= 24
    ? process.execPath
    : join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** The environment in which the dependencies' programs, and Node 24, come first. */
export function toolEnvironment() {
  const separator = process.platform === 'win32' ? ';' : ':';
  const folders = [dirname(node24), join(root, 'node_modules', '.bin'), process.env.PATH ?? ''];
  return { ...process.env, PATH: folders.join(separator) };
}
