import type { RunnerEnd } from '../core/ports/Runtime.ts';
import type { JournalBody } from '../core/study/JournalEvent.ts';
import { describeMissingArguments, missingArguments } from '../core/study/missingArguments.ts';
import type { StudyPlan } from '../core/study/StudyPlan.ts';

type EndedTrial = Pick<Extract<JournalBody, { type: 'trial-ended' }>, 'state' | 'result' | 'reason'>;

/**
 * Why a trial ended as it did, in a sentence; null where there is nothing to say.
 * @param stderr the end of the script's standard error
 */
export function explainEnd(ended: EndedTrial, stderr: string, { command }: StudyPlan): string | null {
  const missing = ended.state === 'failed' ? missingArguments(stderr) : [];
  if (missing.length > 0) return describeMissingArguments(missing, command.launches);
  return ended.reason ?? missingValue(ended);
}

/** Why a trial that went well has no value to show. */
function missingValue({ state, result }: EndedTrial): string | null {
  if (state !== 'complete' || (result !== null && result.value !== null)) return null;
  if (result !== null) return `The script reported a ${result.name} that is not a finite number.`;
  return 'The script reported no metric: print one, such as `Test accuracy: 0.95`, or compute it with accuracy_score or model.evaluate.';
}

/** Why a trial's runner is gone, and what to do. `memoryBytes` is the container's limit, where it has one. */
export function explainLoss(end: RunnerEnd, memoryBytes: number | null): string {
  if (end.engineLost) return 'Docker went away while the trial ran. Start Docker and run it again.';
  if (end.outOfMemory) {
    const limit = memoryBytes === null ? 'the engine allows' : `its limit of ${Math.round(memoryBytes / 1e6)} MB`;
    return `The container needed more memory than ${limit}. Raise limits.memory in hone.yaml, or make the model or its batches smaller.`;
  }
  if (end.exitCode === 137 || end.signal === 'SIGKILL')
    return 'The container was killed from outside while the trial ran. Run it again.';
  const said = end.diagnostics.trim().split('\n').at(-1) ?? '';
  return `The runner ended in the middle of the trial (exit code ${end.exitCode ?? 'unknown'})${said === '' ? '.' : `: ${said}`}`;
}
