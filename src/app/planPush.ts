import { dirname, join } from 'node:path';
import { HoneError } from '../base/HoneError.ts';
import type { Checkout } from '../core/ports/RemoteRepository.ts';
import type { Script } from '../core/scan/Script.ts';
import { configurationFor } from '../core/study/Configuration.ts';
import type { QueuedPush } from '../core/study/PollState.ts';
import type { PriorTrials } from '../core/study/PriorTrials.ts';
import type { RuntimeKind } from '../core/study/StudyPlan.ts';
import { takePriorTrials } from '../core/study/takePriorTrials.ts';
import { widenedPermissions, type Permissions } from '../core/study/widenedPermissions.ts';
import type { HonePorts } from '../core/ports/HonePorts.ts';
import { isWithin, nearestConfiguration, relativePath } from './locateScript.ts';
import { planRun, type PlannedRun } from './planRun.ts';
import { planStudy } from './planStudy.ts';
import type { TrainRequest } from './requests.ts';
import { listStudies } from './watchStudies.ts';

/** A commit on the disk, and whose folder it stands for. */
export interface PushedTree extends Checkout {
  readonly folder: string;
}

/** What a pushed script asks for and the folder does not allow, as `widenedPermissions` has it; empty where it may be trained. */
export async function asksOfPush(ports: HonePorts, { folder, tree }: PushedTree, script: string): Promise<readonly string[]> {
  const [own, pushed] = await Promise.all([permissionsOf(ports, folder, script), permissionsOf(ports, tree, script)]);
  return widenedPermissions(own, pushed);
}

async function permissionsOf(ports: HonePorts, folder: string, path: string): Promise<Permissions> {
  const { project, scanner } = ports;
  const file = join(folder, path);
  const own = await nearestConfiguration(project, folder, dirname(file));
  const configuration = own === null ? {} : configurationFor(await project.readConfiguration(own), relativePath(own, file));
  let script: Script | null = null;
  if ((await project.kindOf(file)) === 'file') {
    for await (const found of scanner.scan({ folder, path: file, all: true }, new AbortController().signal)) script = found;
  }
  return { configuration, fetches: script?.fetches != null };
}

/**
 * Plans what a pushed script is trained as: a study where hone.yaml names a target, so that it is tuned where its own values miss that, else a run. The code
 * is that of the commit; interpreter, files of variables and data outside are those of the folder.
 * @throws HoneError as `planStudy`
 */
export async function planPush(
  ports: HonePorts,
  at: PushedTree,
  pushed: QueuedPush,
  runtime: RuntimeKind | 'auto',
  signal: AbortSignal,
): Promise<PlannedRun> {
  const { folder, tree } = at;
  const { remote, branch, commit, subject, script } = pushed;
  const request = { folder: tree, script, runtime: containedOr(runtime), name: subject.slice(0, 60) };
  const { planned, note } = await planEither(inTree(ports, at), request, signal);
  const { plan } = planned;
  const { search, command } = plan;
  const prior = search === null ? null : await priorFor(ports, folder, planned);
  const told = prior === null ? [] : [`${prior.trials.length} trials of ${prior.study} are taken into account.`];
  return {
    ...planned,
    plan: {
      ...plan,
      folder,
      push: { remote, branch, commit, tree },
      command: { ...command, environmentFile: command.environmentFile === null ? null : inFolder(at, command.environmentFile) },
      data: [...new Set([...plan.data, ...at.data])],
      search: search === null ? null : { ...search, prior },
      notes: [...plan.notes, ...note, ...told, ...absentNote(at.absent)],
    },
  };
}

function absentNote(absent: readonly string[]): readonly string[] {
  if (absent.length === 0) return [];
  const names = `${absent.slice(0, 3).join(', ')}${absent.length > 3 ? ' and others' : ''}`;
  return [`Git LFS keeps ${names}, which is not on this machine as it was pushed: a pull brings it.`];
}

/** Others' code runs without a container only where a person said so: that none answers just now is no leave. */
function containedOr(runtime: RuntimeKind | 'auto'): RuntimeKind {
  return runtime === 'local' ? 'local' : 'docker';
}

async function planEither(
  ports: HonePorts,
  request: TrainRequest,
  signal: AbortSignal,
): Promise<{ readonly planned: PlannedRun; readonly note: readonly string[] }> {
  const planned = await planRun(ports, request, signal);
  if (planned.plan.target === null) return { planned, note: [] };
  try {
    return { planned: await planStudy(ports, request, signal), note: [] };
  } catch (error) {
    if (!(error instanceof HoneError) || error.code !== 'usage') throw error;
    return { planned, note: [`It is trained and not tuned: ${error.message}`] };
  }
}

/** The newest study of the same script that this one can go on from. */
async function priorFor(ports: HonePorts, folder: string, { plan }: PlannedRun): Promise<PriorTrials | null> {
  for (const study of await listStudies(ports, folder)) {
    if (study.kind !== 'study' || study.script !== plan.script) continue;
    const { search } = await ports.store.readPlan(folder, study.id).catch(() => ({ search: null }));
    const prior = search === null ? null : takePriorTrials(plan.search?.dimensions ?? [], search, study);
    if (prior !== null) return prior;
  }
  return null;
}

/** Ports that read the work tree, and take from the folder what no commit may decide: its Python, its variables, its data outside. */
function inTree(ports: HonePorts, at: PushedTree): HonePorts {
  const { project } = ports;
  return {
    ...ports,
    findInterpreter: (place, configured) => ports.findInterpreter(inFolder(at, place), configured),
    readInstalled: (places, configured) =>
      ports.readInstalled(
        places.map((place) => inFolder(at, place)),
        configured,
      ),
    project: {
      ...project,
      resolveData: (root, paths) => project.resolveData(inFolder(at, root), paths),
      readEnvironment: (path) => project.readEnvironment(inFolder(at, path)),
      // Its variables may be secret, and its paths lead anywhere.
      readLaunches: async () => [],
    },
  };
}

/** The place in the folder that a place in the work tree stands for; others are themselves. */
function inFolder({ folder, tree }: PushedTree, path: string): string {
  return isWithin(tree, path) ? join(folder, relativePath(tree, path)) : path;
}
