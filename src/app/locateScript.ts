import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { HoneError } from '../base/HoneError.ts';
import type { ProjectReader } from '../core/ports/ProjectReader.ts';
import type { Script } from '../core/scan/Script.ts';
import { configurationFor, type ScriptConfiguration } from '../core/study/Configuration.ts';
import type { TrainRequest } from './requests.ts';
import type { HonePorts } from '../core/ports/HonePorts.ts';
import { selectScript } from './selectScript.ts';

/** The script that is meant, and what holds for it. */
export interface LocatedScript {
  readonly script: Script;
  /** Absolute path of the snapshot's root: the folder of the hone.yaml that holds for it, else the folder that was named, else the whole. */
  readonly root: string;
  /** Path of the script relative to the root, with `/`. */
  readonly inRoot: string;
  readonly configuration: ScriptConfiguration;
}

/**
 * Finds the script that a request means: the one named, the one that hone.yaml names, or the only one that trains.
 * @throws HoneError `usage`, `no-script`, `several-scripts`, `configuration`
 */
export async function locateScript(ports: HonePorts, request: TrainRequest, signal: AbortSignal): Promise<LocatedScript> {
  const { project, scanner } = ports;
  const { folder } = request;
  const given = request.script === undefined ? folder : resolve(folder, request.script);
  const kind = await project.kindOf(given);
  if (kind === null) throw new HoneError('usage', `${given} does not exist.`, { next: 'Check the path.' });
  if (!isWithin(folder, given)) {
    throw new HoneError('usage', `${given} lies outside ${folder}.`, { next: 'Name its folder with --cwd.' });
  }
  const configured = kind === 'directory' ? await project.readConfiguration(given) : {};
  const named = configured.script === undefined ? given : join(given, configured.script);
  const namedKind = await project.kindOf(named);
  if (namedKind === null) {
    throw new HoneError('configuration', `hone.yaml names ${configured.script}, which does not exist.`, {
      next: 'Correct `script`.',
    });
  }
  const script = await selectScript(scanner, { folder, path: named, kind: namedKind }, signal);
  const path = join(folder, script.path);
  const own = await nearestConfiguration(project, folder, dirname(path));
  const root = own ?? (kind === 'directory' ? given : folder);
  const inRoot = relativePath(root, path);
  const configuration = own === null ? {} : configurationFor(await project.readConfiguration(own), inRoot);
  return { script, root, inRoot, configuration };
}

/** The folder of the hone.yaml that a script is under: its own folder before those above, up to the given one; null where there is none. */
export async function nearestConfiguration(project: ProjectReader, folder: string, start: string): Promise<string | null> {
  for (let place = start; isWithin(folder, place); place = dirname(place)) {
    if ((await project.kindOf(join(place, 'hone.yaml'))) === 'file') return place;
    if (place === dirname(place)) return null;
  }
  return null;
}

/** A path relative to a folder, with `/`; '' for the folder itself. */
export function relativePath(folder: string, path: string): string {
  return relative(folder, path).split(sep).join('/');
}

/** Whether a path is a folder or lies in it. Both are absolute. */
export function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return !isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`);
}
