import type Docker from 'dockerode';
import type { StudyPlan } from '../../core/study/StudyPlan.ts';
import { attachTerminal, hasTerminal } from './attachTerminal.ts';
import { containerName } from './containerName.ts';
import { workPath } from './containerPaths.ts';
import { engineStatus } from './translateEngineError.ts';

/** Trials lie in the work folder, or in one of its own where that is a volume. */
const ENTER = `for work in ${workPath} ${workPath}/trials; do cd "$work/$1/tree/$2" 2>/dev/null && break; done
if command -v bash >/dev/null; then exec bash; else exec sh; fi`;

/** A shell in the container of a study that runs, in a trial's tree; its exit code, null where there is no such container. */
export async function enterTrial(docker: Docker, plan: StudyPlan, trial: number): Promise<number | null> {
  const container = docker.getContainer(containerName(plan.study, plan.folder));
  const tty = hasTerminal();
  try {
    const exec = await container.exec({
      Cmd: ['/bin/sh', '-c', ENTER, 'sh', String(trial), plan.command.directory],
      AttachStdin: true,
      AttachStdout: true,
      AttachStderr: true,
      Tty: tty,
    });
    const stream = await exec.start({ hijack: true, stdin: true, Tty: tty });
    await attachTerminal(stream, tty, (size) => exec.resize(size));
    return (await exec.inspect()).ExitCode ?? 0;
  } catch (error) {
    const status = engineStatus(error);
    if (status === 404 || status === 409) return null; // There is none, or it has ended.
    throw error;
  }
}
