import { join } from 'node:path';
import { HoneError } from '../base/HoneError.ts';
import type { LaunchConfiguration } from '../core/study/LaunchConfiguration.ts';
import type { LaunchChoice, SpaceRequest, TrainRequest } from './requests.ts';
import type { HonePorts } from '../core/ports/HonePorts.ts';
import { isWithin, locateScript, type LocatedScript } from './locateScript.ts';

export interface ChosenLaunch {
  readonly launch: LaunchConfiguration | null;
  /** Absolute path of the folder that `.vscode` is in. */
  readonly folder: string;
  /** Names of those that could be chosen. */
  readonly names: readonly string[];
  readonly notes: readonly string[];
}

/**
 * The configuration of launch.json that a script is started by: the one that is asked for, else the only one of this script. Where the
 * request or hone.yaml names arguments, only its environment and folder hold.
 * @throws HoneError `usage` where the one that is asked for is not there or cannot be used
 */
export async function chooseLaunch(ports: HonePorts, request: TrainRequest, located: LocatedScript): Promise<ChosenLaunch> {
  const { folder, found, notes } = await findLaunches(ports, request.folder, located);
  const usable = found.filter(({ problem }) => problem === null);
  const names = usable.map(({ name }) => name);
  if (request.launch !== undefined) return { launch: namedLaunch(found, request.launch, located), folder, names, notes: [] };
  const isGiven = request.arguments !== undefined || located.configuration.args !== undefined;
  const [only = null, ...others] = usable;
  if (only !== null && others.length === 0) {
    const launch = isGiven ? { ...only, arguments: [] } : only;
    return saysSomething(launch) ? { launch, folder, names, notes: [noteOnUse(launch)] } : { launch: null, folder, names, notes };
  }
  return { launch: null, folder, names, notes: isGiven ? notes : [...notes, ...notesOn(found, names)] };
}

function noteOnUse({ arguments: words, name }: LaunchConfiguration): string {
  if (words.length === 0) return `Environment and folder from launch.json, "${name}".`;
  return `Arguments from launch.json, "${name}" (\`args\` in hone.yaml takes their place).`;
}

/** What a person may choose from where nothing decides how a script is started; empty where something does. */
export async function launchChoices(
  ports: HonePorts,
  request: SpaceRequest,
  signal: AbortSignal,
): Promise<readonly LaunchChoice[]> {
  const located = await locateScript(ports, request, signal);
  if (located.configuration.args !== undefined) return [];
  const { found } = await findLaunches(ports, request.folder, located);
  const usable = found.filter(({ problem }) => problem === null);
  return usable.length < 2 ? [] : usable.map(({ name, arguments: words }) => ({ name, arguments: words }));
}

/** The launch configurations that start a script, of the nearest launch.json, without those that change nothing. */
async function findLaunches(
  { project }: HonePorts,
  folder: string,
  { script, root }: LocatedScript,
): Promise<{
  readonly folder: string;
  readonly found: readonly LaunchConfiguration[];
  readonly notes: readonly string[];
}> {
  for (const place of new Set([root, folder])) {
    const launches = await project.readLaunches(place, join(folder, script.path));
    if (launches === null) return { folder: place, found: [], notes: ['.vscode/launch.json cannot be read, so it is not used.'] };
    const own = launches.filter(({ isGeneral }) => !isGeneral);
    const found = (own.length > 0 ? own : launches).filter(saysSomething).map((launch) => withinRoot(launch, root));
    if (found.length > 0) return { folder: place, found, notes: [] };
  }
  return { folder, found: [], notes: [] };
}

function saysSomething({ arguments: words, env, envFile, cwd, module, problem }: LaunchConfiguration): boolean {
  const isSaid = [envFile, cwd, module, problem].some((part) => part !== null);
  return isSaid || words.length > 0 || Object.keys(env).length > 0;
}

function withinRoot(launch: LaunchConfiguration, root: string): LaunchConfiguration {
  if (launch.problem !== null || launch.cwd === null || isWithin(root, launch.cwd)) return launch;
  return { ...launch, problem: 'its `cwd` lies outside the project' };
}

function namedLaunch(found: readonly LaunchConfiguration[], name: string, { script }: LocatedScript): LaunchConfiguration {
  const launch = found.find((candidate) => candidate.name === name);
  if (launch === undefined) {
    const names = found.map((candidate) => `"${candidate.name}"`).join(', ');
    throw new HoneError('usage', `launch.json has no "${name}" that starts ${script.path}.`, {
      next: names === '' ? 'It has none that says how this script starts.' : `It has ${names}.`,
    });
  }
  if (launch.problem === null) return launch;
  throw new HoneError('usage', `"${name}" of launch.json cannot be used, because ${launch.problem}.`, {
    next: 'Write what is needed as `args`, `env` and `cwd` into hone.yaml.',
  });
}

function notesOn(found: readonly LaunchConfiguration[], names: readonly string[]): readonly string[] {
  if (names.length > 1) {
    const quoted = names.map((name) => `"${name}"`).join(', ');
    return [`launch.json starts this script in ${names.length} ways (${quoted}): \`--launch NAME\` takes one of them.`];
  }
  return found.map(({ name, problem }) => `"${name}" of launch.json is not used, because ${problem}.`);
}
