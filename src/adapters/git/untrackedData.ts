import { stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Code, and what is nobody's data: it would not be what was pushed. */
const NO_DATA =
  /(^|\/)(\.[^/]*|__pycache__|node_modules|venv|env|[^/]+\.egg-info)(\/|$)|\.(py|pyi|pyc|ipynb|ya?ml|toml|cfg|log)$/iu;
const ENVIRONMENTS = ['pyvenv.cfg', 'conda-meta'];
const MOST = 5000;

/**
 * Of what git does not keep in a folder, what a pushed script may need: data. Nothing hidden, no code, no environments.
 * @param paths as `git ls-files --others --directory` lists them, relative to the folder; folders end with `/`
 */
export async function untrackedData(folder: string, paths: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const path of paths) {
    const own = path.replace(/\/$/u, '');
    if (own === '' || NO_DATA.test(own) || found.length === MOST) continue;
    const marks = path.endsWith('/') ? ENVIRONMENTS.map((name) => stat(join(folder, own, name)).catch(() => null)) : [];
    if ((await Promise.all(marks)).some((mark) => mark !== null)) continue;
    if ((await stat(join(folder, own)).catch(() => null)) !== null) found.push(own);
  }
  return found;
}
