import type { Study } from '../core/study/Study.ts';
import type { CommandContext } from './CommandContext.ts';
import { describeProgress } from './describeStudy.ts';
import { ExitCode } from './runProgram.ts';

/**
 * Shows a study that pauses after its baseline until it does, or until it ends: where the baseline reaches the target, that is proved first.
 * SIGTERM and SIGHUP leave it running and end only this process.
 * @returns the study as it is then: ended, or paused
 */
export async function watchBaseline({ hone, terminal }: CommandContext, folder: string, id: string): Promise<Study> {
  const detached = new AbortController();
  const cancel = (): void => void hone.cancel(folder, id).catch(() => detached.abort());
  const detach = (): void => detached.abort();
  process.on('SIGINT', cancel).on('SIGTERM', detach).on('SIGHUP', detach);
  try {
    for await (const update of hone.follow(folder, id, detached.signal)) {
      if (update.type === 'output') terminal.output(update.text);
      if (update.type !== 'study') continue;
      const { study } = update;
      if (study.endedAt !== null || study.state === 'paused') return study;
      terminal.status(describeProgress(study));
    }
  } finally {
    process.off('SIGINT', cancel).off('SIGTERM', detach).off('SIGHUP', detach);
  }
  throw new ExitCode(143);
}

/** Whether the baseline alone did not do: it misses the target, or could not be proved to reach it, so that other trials were begun. */
export function needsSearch({ trials, target, metric }: Study): boolean {
  const [baseline, ...others] = trials;
  if (baseline?.state !== 'complete') return false;
  if (others.length > 0 || target === null || baseline.value === null) return true;
  return metric?.direction === 'minimize' ? baseline.value > target : baseline.value < target;
}
