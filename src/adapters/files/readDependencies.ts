import { readFile, realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { ContextFile } from '../../core/images/ImageRecipe.ts';
import { includedPaths } from '../../core/images/projectRequirements.ts';

/** Where projects say what they need; a lock file beside what it locks. */
const NAMES = [
  'requirements.txt',
  'pyproject.toml',
  'environment.yml',
  'environment.yaml',
  'Pipfile.lock',
  'poetry.lock',
  'uv.lock',
  'pdm.lock',
  'setup.cfg',
  'setup.py',
  '.python-version',
];

const MAX_BYTES = 5_000_000;

/**
 * The dependency files of the given folders, the first folder's first, and those that requirements files include; paths are relative to
 * `root`, with `/`. With `named`, only these files and what they include. Links that lead out of the root are not followed.
 */
export async function readDependencies(root: string, folders: readonly string[], named: readonly string[] = []): Promise<readonly ContextFile[]> {
  const wanted = named.length > 0 ? named.map((path) => join(root, path)) : folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const open = [...new Set(wanted.map((path) => relative(root, path).split(sep).join('/')))];
  const files: ContextFile[] = [];
  const seen = new Set<string>();
  for (let path = open.shift(); path !== undefined; path = open.shift()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const text = await readInside(root, path);
    if (text === null) continue;
    files.push({ path, text });
    if (path.endsWith('.txt') || path.endsWith('.in')) open.push(...includedPaths({ path, text }));
  }
  return files;
}

async function readInside(root: string, path: string): Promise<string | null> {
  try {
    const [top, real] = await Promise.all([realpath(root), realpath(join(root, path))]);
    if (!real.startsWith(top + sep)) return null;
    return decode(await readFile(real));
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['ENOENT', 'EISDIR', 'ENOTDIR', 'ELOOP'].includes(String(error.code))) return null;
    throw error;
  }
}

/** Windows' PowerShell writes `pip freeze > requirements.txt` in UTF-16. */
function decode(bytes: Buffer): string | null {
  if (bytes.length > MAX_BYTES) return null;
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}
