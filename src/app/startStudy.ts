import { basename } from 'node:path';
import { HoneError } from '../base/HoneError.ts';
import type { Progress } from '../core/ports/Runtime.ts';
import type { StudyStore } from '../core/ports/StudyStore.ts';
import { isStudyId, nextStudyId } from '../core/study/nextStudyId.ts';
import { isBounded, parseTarget } from '../core/study/parseTarget.ts';
import type { TrainRequest, TuneRequest } from './requests.ts';
import type { HonePorts } from '../core/ports/HonePorts.ts';
import { checkSpace } from './checkSpace.ts';
import { readStudy } from './followStudy.ts';
import { planRun, type PlannedRun } from './planRun.ts';
import { planStudy } from './planStudy.ts';
import { repeatedRequest } from './repeatedRequest.ts';
import { resumeStudy } from './steerStudy.ts';

type OnProgress = (progress: Progress) => void;

/** Plans a run and starts its supervisor; the new study's id. */
export async function startRun(
  ports: HonePorts,
  request: TrainRequest,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<string> {
  onProgress({ text: 'Reading the code', fraction: null });
  return startPlanned(
    ports,
    request.folder,
    await planRun(ports, await repeatedRequest(ports, request), signal),
    undefined,
    signal,
  );
}

/** Plans a study and starts its supervisor, or goes on with the one that the request names; its id. */
export async function startStudy(
  ports: HonePorts,
  request: TuneRequest,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<string> {
  const { folder, study } = request;
  if (study !== undefined) {
    if (!isStudyId(study)) {
      throw new HoneError('usage', `"${study}" can be no id of a study.`, {
        next: 'Use small letters, digits and hyphens, at most 63.',
      });
    }
    if ((await ports.store.list(folder)).includes(study)) {
      const { endedAt, interrupted, target, metric, asksMinutes } = await readStudy(ports, folder, study);
      requireSameTarget(request, target, metric?.name ?? 'accuracy');
      const minutes = asksMinutes === null ? undefined : request.minutes;
      if (endedAt === null || interrupted) await resumeStudy(ports, folder, study, signal, minutes);
      return study;
    }
  }
  onProgress({ text: 'Reading the code', fraction: null });
  return startPlanned(ports, folder, await planStudy(ports, request, signal), study, signal);
}

/** What a study is to reach was journalled when it began: what it tried since was decided by that. */
function requireSameTarget({ study, target: given }: TuneRequest, target: number | null, metric: string): void {
  if (given === undefined || (given === null ? null : parseTarget(given, isBounded(metric))) === target) return;
  throw new HoneError(
    'usage',
    `${study} has ${target === null ? 'no target' : `the target ${target}`}, which cannot be changed.`,
    {
      next: `Leave out --target to go on with it, or --study for a new study${given === null ? '' : ` towards ${given}`}.`,
    },
  );
}

/** Creates what was planned, under the given id or the next free one, and starts its supervisor; the id. Nothing is left where that fails. */
export async function startPlanned(
  { store, link, project, awaited, folders }: HonePorts,
  folder: string,
  planned: PlannedRun,
  id: string | undefined,
  signal: AbortSignal,
): Promise<string> {
  signal.throwIfAborted();
  const notes = [...planned.plan.notes, ...(await checkSpace(project, folder))];
  const study = await createStudy(store, folder, { ...planned, plan: { ...planned.plan, notes } }, id);
  await folders.remember(folder).catch(() => {}); // Without a home of its own the study is looked after by its folder's windows.
  try {
    signal.throwIfAborted();
    if (planned.plan.notify != null) await awaited.add({ folder, study });
    await link.start(folder, study, signal);
  } catch (error) {
    await store.delete(folder, study);
    throw error;
  }
  return study;
}

/** Creates the study under the next free id; another window may take one between looking and creating. */
async function createStudy(
  store: StudyStore,
  folder: string,
  { plan, root, outputs }: PlannedRun,
  id: string | undefined,
): Promise<string> {
  const { data } = plan;
  for (let attempt = 1; ; attempt++) {
    const study = id ?? nextStudyId(plan.script, basename(folder), await store.list(folder));
    try {
      await store.create(
        ({ files, links, leftOut }) => ({
          ...plan,
          study,
          snapshot: files,
          links,
          notes: [...plan.notes, ...leftOut.map(noteOnLink)],
        }),
        { folder, study, root, outputs, data },
      );
      return study;
    } catch (error) {
      if (id !== undefined || attempt === 5 || !(error instanceof HoneError && error.code === 'already-running')) throw error;
    }
  }
}

function noteOnLink(path: string): string {
  return `${path} leads out of the folder, so trials do not see it: name the place that it leads to as \`data\` in hone.yaml.`;
}
