import { isAbsolute } from 'node:path';
import type { ProjectReader } from '../core/ports/ProjectReader.ts';
import type { Script } from '../core/scan/Script.ts';
import type { ScriptConfiguration } from '../core/study/Configuration.ts';
import type { RuntimeKind } from '../core/study/StudyPlan.ts';
import { isWithin } from './locateScript.ts';

/** Keys of hone.yaml that wait for a part of Hone that is not there yet. */
const WAITING = ['gpus', 'notify'] as const;

export interface NotesRequest {
  readonly script: Script;
  readonly configuration: ScriptConfiguration;
  readonly runtime: RuntimeKind;
  /** Absolute path of the snapshot's root. */
  readonly root: string;
  /** Data outside the root that containers see. */
  readonly data: readonly string[];
}

/** What a person should know of how a script will run, one sentence each. */
export async function planNotes(project: ProjectReader, request: NotesRequest): Promise<readonly string[]> {
  const inContainer = request.runtime === 'docker';
  return [
    ...(inContainer ? networkNotes(request) : []),
    ...(inContainer ? await unseenPaths(project, request) : []),
    ...WAITING.filter((key) => request.configuration[key] !== undefined).map(
      (key) => `\`${key}\` in hone.yaml has no effect yet.`,
    ),
  ];
}

function networkNotes({ script: { fetches }, configuration: { network } }: NotesRequest): readonly string[] {
  if (fetches === null || network !== undefined) return [];
  const why = `line ${fetches.line} fetches something: ${fetches.text.trim()}`;
  return [`The container may reach the network, because ${why} (\`network: false\` in hone.yaml forbids it).`];
}

/** Absolute paths that the code names, that are there, and that a container will not see. */
async function unseenPaths(project: ProjectReader, { script, root, data }: NotesRequest): Promise<readonly string[]> {
  const outside = script.paths.filter((path) => isAbsolute(path) && ![root, ...data].some((place) => isWithin(place, path)));
  const kinds = await Promise.all(outside.map((path) => project.kindOf(path)));
  return outside
    .filter((_, index) => kinds[index] !== null)
    .map(
      (path) => `The script names ${path}, which the container does not see: \`data: ${path}\` in hone.yaml shows it, read-only.`,
    );
}
