import { readFile, realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { HoneError } from '../../base/HoneError.ts';
import type { ContextFile } from '../../core/images/ImageRecipe.ts';
import { localPackages } from '../../core/images/localPackages.ts';
import { includedPaths } from '../../core/images/projectRequirements.ts';
import { parseRequirement } from '../../core/images/Requirement.ts';

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

/** Where a package that is installed from its folder says what it needs. */
const OF_PACKAGES = ['pyproject.toml', 'setup.cfg', 'setup.py'];

const MOST_FILES = 1000;
const MAX_BYTES = 5_000_000;

/**
 * The dependency files of the given folders, the first folder's first, those that requirements files include, and those of packages that are installed from folders; paths are relative to
 * `root`, with `/`. With `named`, only what that names: files, and requirements such as `tqdm>=4`. Links that lead out of the root are
 * not followed. Throws HoneError `configuration` where a named file is not there.
 */
export async function readDependencies(
  root: string,
  folders: readonly string[],
  named: readonly string[] = [],
): Promise<readonly ContextFile[]> {
  const wanted = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const open = [...new Set(named.length > 0 ? named : wanted.map((path) => relative(root, path).split(sep).join('/')))];
  const files: ContextFile[] = [];
  const lines: string[] = [];
  const seen = new Set<string>();
  for (let path = open.shift(); path !== undefined; path = open.shift()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const text = await readInside(root, path);
    if (text === null) {
      if (named.includes(path)) lines.push(asRequirement(path));
      continue;
    }
    files.push({ path, text });
    const file = { path, text };
    if (path.endsWith('.txt') || path.endsWith('.in')) open.push(...includedPaths(file));
    if (open.length < MOST_FILES)
      open.push(...localPackages(file).flatMap((own) => OF_PACKAGES.map((name) => inFolder(own.path, name))));
  }
  return lines.length === 0 ? files : [{ path: 'hone.yaml', text: lines.join('\n') }, ...files];
}

function asRequirement(named: string): string {
  const requirement = parseRequirement(named);
  if (requirement.name !== null && !/\.(?:txt|in|toml|ya?ml|lock|cfg|py)$/.test(named)) return requirement.text;
  throw new HoneError('configuration', `hone.yaml names ${named} in requirements, which is not there.`, {
    next: 'Correct the path; it is relative to the folder.',
  });
}

function inFolder(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

async function readInside(root: string, path: string): Promise<string | null> {
  try {
    const [top, real] = await Promise.all([realpath(root), realpath(join(root, path))]);
    if (!real.startsWith(top + sep)) return null;
    return decode(await readFile(real));
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['ENOENT', 'EISDIR', 'ENOTDIR', 'ELOOP'].includes(String(error.code)))
      return null;
    throw error;
  }
}

/** Windows' PowerShell writes `pip freeze > requirements.txt` in UTF-16. */
function decode(bytes: Buffer): string | null {
  if (bytes.length > MAX_BYTES) return null;
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}
