import { join } from 'node:path';
import { HoneError } from '../base/HoneError.ts';
import type { DebugSession, Inspection } from '../core/ports/Inspector.ts';
import type { Progress } from '../core/ports/Runtime.ts';
import { editedFiles, trialNamed } from './compareStudies.ts';
import { readStudy } from './followStudy.ts';
import type { LookRequest } from './requests.ts';
import type { HonePorts } from '../core/ports/HonePorts.ts';

type OnProgress = (progress: Progress) => void;

/**
 * A shell on this process's own terminal: beside the trial while it runs in a container, else in a fresh copy of its tree, with its values and
 * what it wrote, which is gone afterwards. Resolves with the shell's exit code.
 * @throws HoneError `not-found`, and what the runtime's preparation throws
 */
export async function openShell(
  ports: HonePorts,
  request: LookRequest,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<number> {
  const { folder, study: id } = request;
  const plan = await ports.store.readPlan(folder, id);
  const study = await readStudy(ports, folder, id);
  const inspector = ports.inspector(plan.runtime);
  const running = study.trials.find(({ state, number }) => state === 'running' && number === (request.trial ?? number));
  if (running !== undefined && study.endedAt === null) {
    onProgress({ text: `In the container of ${id}, beside its training`, fraction: null });
    const code = await inspector.enter(plan, running.number);
    if (code !== null) return code;
  }
  const inspection = await inspect(ports, request, onProgress, signal);
  onProgress({ text: `In a copy of trial ${inspection.trial} of ${id}: exit leaves it, and then it is gone`, fraction: null });
  return inspector.shell(inspection, signal);
}

/**
 * Starts a trial's script anew, with its values, and waits for a debugger before its first line. The caller disposes the session.
 * @throws HoneError `not-found`, `usage` for a notebook, and what the runtime's preparation throws
 */
export async function debugTrial(
  ports: HonePorts,
  request: LookRequest,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<DebugSession> {
  const plan = await ports.store.readPlan(request.folder, request.study);
  if (plan.command.script.endsWith('.ipynb')) {
    throw new HoneError('usage', `${plan.script} is a notebook, which a debugger cannot run as a whole.`, {
      next: 'Debug its cells in the notebook editor, or look into the trial with a shell.',
    });
  }
  return ports.inspector(plan.runtime).debug(await inspect(ports, request, onProgress, signal), onProgress, signal);
}

/**
 * What the model that a trial left answers to its sample, in a process that did not train it; untrusted.
 * @throws HoneError `not-found`, and what the runtime's preparation throws
 */
export async function answerAnew(
  ports: HonePorts,
  request: LookRequest,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<string> {
  const inspection = await inspect(ports, request, onProgress, signal);
  const { studyDirectory, trial, plan } = inspection;
  const artifacts = join(studyDirectory, 'trials', String(trial), 'evaluation');
  return ports.inspector(plan.runtime).answer({ ...inspection, artifacts }, signal);
}

async function inspect(
  ports: HonePorts,
  { folder, study: id, trial: number }: LookRequest,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<Inspection> {
  const { store, project } = ports;
  const [plan, study] = await Promise.all([store.readPlan(folder, id), readStudy(ports, folder, id)]);
  const trial = trialNamed(study, number);
  const { environment: given, environmentFile } = plan.command;
  const variables = { ...(environmentFile === null ? {} : await project.readEnvironment(environmentFile)), ...given };
  const environment = await ports.runtime(plan.runtime).prepare(plan, onProgress, signal);
  const studyDirectory = store.directory(folder, id);
  const artifacts = join(studyDirectory, 'trials', String(trial?.number ?? 0), 'artifacts');
  return {
    plan,
    environment,
    studyDirectory,
    trial: trial?.number ?? 0,
    files: trial === null ? {} : await editedFiles(ports, plan, trial),
    artifacts: (await project.kindOf(artifacts)) === 'directory' ? artifacts : null,
    seed: null,
    variables,
  };
}
