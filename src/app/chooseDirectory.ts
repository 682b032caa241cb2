import { dirname, isAbsolute, join, resolve } from 'node:path';
import { HoneError } from '../base/HoneError.ts';
import type { ProjectReader } from '../core/ports/ProjectReader.ts';
import { isWithin, relativePath, type LocatedScript } from './locateScript.ts';

/**
 * The working directory, relative to the root: the configured one; else the script's own folder, or the root where the paths that the
 * script names are found only from there.
 * @throws HoneError `configuration` where the configured one is absent or lies outside the root
 */
export async function chooseDirectory(
  project: ProjectReader,
  { script, root, inRoot, configuration }: LocatedScript,
): Promise<string> {
  if (configuration.cwd !== undefined) return configuredDirectory(project, root, configuration.cwd);
  if (configuration.module === true) return ''; // As `python -m package.module` is typed.
  const own = dirname(join(root, inRoot));
  if (own === root) return '';
  const found = async (folder: string): Promise<boolean> => {
    const kinds = script.paths.filter((path) => !isAbsolute(path)).map((path) => project.kindOf(join(folder, path)));
    return (await Promise.all(kinds)).some((kind) => kind !== null);
  };
  return !(await found(own)) && (await found(root)) ? '' : relativePath(root, own);
}

async function configuredDirectory(project: ProjectReader, root: string, cwd: string): Promise<string> {
  const directory = resolve(root, cwd);
  if (isWithin(root, directory) && (await project.kindOf(directory)) === 'directory') return relativePath(root, directory);
  throw new HoneError('configuration', `The cwd of hone.yaml, ${cwd}, is no folder of this project.`, {
    next: 'Name a folder relative to hone.yaml.',
  });
}
