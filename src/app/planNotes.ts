import type { ProjectReader } from '../core/ports/ProjectReader.ts';
import type { Script } from '../core/scan/Script.ts';
import type { ScriptConfiguration } from '../core/study/Configuration.ts';
import type { StudyPlan } from '../core/study/StudyPlan.ts';
import { findOutside } from './findOutside.ts';

/** Frameworks that train on a GPU where they see one. */
const USES_GPUS: ReadonlySet<Script['framework']> = new Set(['keras', 'pytorch', 'xgboost', 'catboost']);

export interface NotesRequest {
  readonly script: Script;
  readonly configuration: ScriptConfiguration;
  readonly hasGpus: boolean;
  readonly plan: Pick<StudyPlan, 'folder' | 'root' | 'runtime' | 'data' | 'command'>;
}

/** What a person should know of how a script will run, one sentence each. */
export async function planNotes(project: ProjectReader, request: NotesRequest): Promise<readonly string[]> {
  const inContainer = request.plan.runtime === 'docker';
  return [...(inContainer ? networkNotes(request) : []), ...gpuNotes(request), ...(await unseenPaths(project, request))];
}

function networkNotes({ script: { fetches }, configuration: { network } }: NotesRequest): readonly string[] {
  if (fetches === null || network !== undefined) return [];
  const why = `line ${fetches.line} fetches something: ${fetches.text.trim()}`;
  return [`The container may reach the network, because ${why} (\`network: false\` in hone.yaml forbids it).`];
}

function gpuNotes({ script: { framework, imports }, configuration: { gpus }, hasGpus }: NotesRequest): readonly string[] {
  const isAble = USES_GPUS.has(framework) || imports.some((name) => name === 'torch' || name === 'tensorflow');
  if (!hasGpus || !isAble || gpus !== undefined) return [];
  return ['There is a GPU, and it is not used: `gpus: all` in hone.yaml gives it to the container.'];
}

/** Places outside the project that the code or its arguments name, that are there, and that trials will not see. */
async function unseenPaths(project: ProjectReader, { script, plan }: NotesRequest): Promise<readonly string[]> {
  const words = plan.command.arguments.map((word) => word.replace(/^-[^=]*=/u, ''));
  const places = await findOutside(project, plan, [...script.paths, ...words]);
  return places
    .filter(({ refused }) => refused === null)
    .map(
      ({ text, path }) =>
        `The script names ${text}, which trials do not see: \`data: ${path}\` in hone.yaml shows it, read-only.`,
    );
}
