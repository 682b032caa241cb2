import { readdir, readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import type { InstalledPackages } from '../../core/images/InstalledPackages.ts';
import { normalizePackageName } from '../../core/images/Requirement.ts';
import { environmentFolders } from './environmentFolders.ts';

/**
 * What is installed in the environment of the configured interpreter, else in the first of the folders' own and the active one. Only names of
 * files are read: no Python runs. Null where there is no such environment.
 * @param configured path of an interpreter, absolute or relative to the first folder; a bare name is no environment
 */
export async function readInstalled(folders: readonly string[], configured: string | null): Promise<InstalledPackages | null> {
  const [first = '.'] = folders;
  const prefixes = configured === null ? folders.flatMap(environmentFolders) : prefixesOf(resolve(first, configured), configured);
  for (const prefix of new Set(prefixes)) {
    const versions = await readVersions(prefix);
    if (versions === null) continue;
    const inside = folders
      .map((folder) => relative(folder, prefix))
      .find((path) => path !== '' && !path.startsWith('..') && !isAbsolute(path));
    return { place: inside ?? prefix, python: await readPython(prefix), versions };
  }
  return null;
}

/** `PREFIX/bin/python`, `PREFIX\\Scripts\\python.exe`, `PREFIX\\python.exe`; no link is followed, since it would lead out of the environment. */
function prefixesOf(interpreter: string, written: string): readonly string[] {
  if (!/[\\/]/.test(written)) return [];
  const folder = dirname(interpreter);
  return /[\\/](?:bin|Scripts)$/.test(folder) ? [dirname(folder)] : [folder];
}

/** The versions in the names of `numpy-2.4.6.dist-info` and their like; null where there are no packages. */
async function readVersions(prefix: string): Promise<Readonly<Record<string, string>> | null> {
  const names = (await Promise.all((await packageFolders(prefix)).map(list))).flat();
  const found = names.flatMap((name) => {
    const match = /^([A-Za-z0-9][\w.]*)-(\d[\w.+!]*)(?:-py\d\.\d+)?\.(?:dist|egg)-info$/.exec(name);
    return match === null ? [] : [[normalizePackageName(match[1] ?? ''), match[2] ?? ''] as const];
  });
  return found.length === 0 ? null : Object.fromEntries(found);
}

async function packageFolders(prefix: string): Promise<readonly string[]> {
  const versions = (await list(join(prefix, 'lib'))).filter((name) => /^python3\.\d+$/.test(name));
  return [...versions.map((version) => join(prefix, 'lib', version, 'site-packages')), join(prefix, 'Lib', 'site-packages')];
}

/** Of a virtual environment as its own file has it, of any other as its library's folder is named. */
async function readPython(prefix: string): Promise<string | null> {
  const text = await readFile(join(prefix, 'pyvenv.cfg'), 'utf8').catch(() => '');
  const written = /^version(?:_info)?\s*=\s*(\d+\.\d+)/m.exec(text)?.[1];
  return (
    written ??
    (await list(join(prefix, 'lib'))).map((name) => /^python(3\.\d+)$/.exec(name)?.[1]).find((version) => version) ??
    null
  );
}

async function list(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}
