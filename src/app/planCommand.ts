import { resolve } from 'node:path';
import type { ScriptConfiguration } from '../core/study/Configuration.ts';
import type { LaunchConfiguration } from '../core/study/LaunchConfiguration.ts';
import type { ArgumentSource, Command } from '../core/study/StudyPlan.ts';
import { chooseDirectory } from './chooseDirectory.ts';
import { chooseLaunch, type ChosenLaunch } from './chooseLaunch.ts';
import type { TrainRequest } from './requests.ts';
import type { HonePorts } from '../core/ports/HonePorts.ts';
import { inTree } from './inTree.ts';
import { isWithin, relativePath, type LocatedScript } from './locateScript.ts';

export interface PlannedCommand {
  readonly command: Command;
  readonly notes: readonly string[];
}

/**
 * How a script is started: as the request says, else hone.yaml, else launch.json, part by part.
 * @throws HoneError `usage`, `configuration`
 */
export async function planCommand(ports: HonePorts, request: TrainRequest, located: LocatedScript): Promise<PlannedCommand> {
  const { configuration, root, inRoot } = located;
  const choice = await chooseLaunch(ports, request, located);
  const { launch, folder, names, notes } = choice;
  const directory = await directoryOf(ports, located, choice);
  const words = request.arguments ?? (request.launch === undefined ? configuration.args : undefined) ?? launch?.arguments ?? [];
  return {
    notes,
    command: {
      script: inRoot,
      module: configuration.module ?? launch?.module != null,
      arguments: words.map((word) => inTree(word, root, directory)),
      directory,
      environment: configuration.env ?? {},
      environmentFile: await environmentFileOf(ports, root, configuration, launch),
      source: sourceOf(request, configuration, launch),
      launch: launch === null ? null : { folder, name: launch.name },
      launches: names,
    },
  };
}

/** The editor starts programs in its folder where launch.json says nothing else. */
async function directoryOf({ project }: HonePorts, located: LocatedScript, { launch, folder }: ChosenLaunch): Promise<string> {
  const { root, configuration } = located;
  const cwd = launch === null ? null : (launch.cwd ?? folder);
  if (configuration.cwd !== undefined || cwd === null || !isWithin(root, cwd)) return chooseDirectory(project, located);
  return chooseDirectory(project, { ...located, configuration: { cwd: relativePath(root, cwd) } });
}

/** Read once beforehand, so that a wrong path is told before anything is started. */
async function environmentFileOf(
  { project }: HonePorts,
  root: string,
  { env_file }: ScriptConfiguration,
  launch: LaunchConfiguration | null,
): Promise<string | null> {
  const path = env_file === undefined ? (launch?.envFile ?? null) : resolve(root, env_file);
  if (path !== null) await project.readEnvironment(path);
  return path;
}

function sourceOf(
  request: TrainRequest,
  { args }: ScriptConfiguration,
  launch: LaunchConfiguration | null,
): ArgumentSource | null {
  if (request.arguments !== undefined) return 'given';
  if (args !== undefined && request.launch === undefined) return 'hone.yaml';
  return launch === null || launch.arguments.length === 0 ? null : 'launch.json';
}
