import { join } from 'node:path';

/** Where the environment of a folder may be, the likeliest first: its own, then the active one. Absolute paths, most of which are not there. */
export function environmentFolders(folder: string): readonly string[] {
  const own = ['.venv', 'venv', 'env', '.conda'].map((name) => join(folder, name));
  const active = [process.env['VIRTUAL_ENV'], process.env['CONDA_PREFIX']];
  return [...own, ...active.flatMap((path) => (path === undefined || path === '' ? [] : [path]))];
}
