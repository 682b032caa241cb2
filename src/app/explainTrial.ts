import type { ProjectReader } from '../core/ports/ProjectReader.ts';
import type { RunnerEnd } from '../core/ports/Runtime.ts';
import type { EndClass } from '../core/study/classifyEnd.ts';
import type { Hint } from '../core/study/Hint.ts';
import type { JournalBody } from '../core/study/JournalEvent.ts';
import { describeMissingArguments, missingArguments } from '../core/study/missingArguments.ts';
import type { StudyPlan } from '../core/study/StudyPlan.ts';
import { unfoundPaths } from '../core/study/unfoundPaths.ts';
import { findOutside } from './findOutside.ts';

type EndedTrial = Pick<Extract<JournalBody, { type: 'trial-ended' }>, 'state' | 'result' | 'reason' | 'error'>;

export interface Explanation {
  /** A sentence, or two; null where there is nothing to say. */
  readonly reason: string | null;
  readonly hint: Hint | null;
}

/**
 * Why a trial ended as it did, and what would have let it go on.
 * @param stderr the end of the script's standard error
 */
export async function explainEnd(
  ended: EndedTrial,
  stderr: string,
  plan: StudyPlan,
  project: Pick<ProjectReader, 'kindOf' | 'resolveData'>,
): Promise<Explanation> {
  const { state, reason, error } = ended;
  if (state !== 'failed') return { reason: reason ?? missingValue(ended), hint: null };
  const names = missingArguments(stderr);
  if (names.length > 0) {
    return { reason: describeMissingArguments(names, plan.command.launches), hint: { kind: 'arguments', names } };
  }
  if (/could not look up .*: the container has no network\.$/u.test(reason ?? '')) {
    return { reason: `${reason} \`network: true\` in hone.yaml allows it.`, hint: { kind: 'network' } };
  }
  const [place] = await findOutside(project, plan, unfoundPaths(`${error?.message ?? ''}\n${stderr}`));
  if (place === undefined) return { reason: reason === null ? null : withRemedy(reason, plan), hint: null };
  const what = `${(reason ?? 'The script failed').replace(/\.$/u, '')}. Trials do not see ${place.path}`;
  if (place.refused !== null)
    return { reason: `${what}, and may not: it is, or holds, a place of keys or of the system.`, hint: null };
  return { reason: `${what}: name it as \`data\` in hone.yaml, and they read it.`, hint: { kind: 'data', path: place.path } };
}

/** A reason with what to do about it, where one setting does. */
function withRemedy(reason: string, { runtime }: StudyPlan): string {
  if (/^The script imports \S+, which is not installed\.$/u.test(reason)) {
    return runtime === 'docker'
      ? `${reason} Name its package in requirements.txt beside the script.`
      : `${reason} Install its package into that Python, or run it with \`--runtime docker\`.`;
  }
  if (isOverTime(reason)) return `${reason} \`limits: {trial_minutes: …}\` in hone.yaml sets it.`;
  return reason;
}

/** Whether a runner's reason says that the script was stopped at its time limit. */
export function isOverTime(reason: string | null): boolean {
  return / at its time limit of /u.test(reason ?? '');
}

/** Why a trial that went well has no value to show. */
function missingValue({ state, result }: EndedTrial): string | null {
  if (state !== 'complete' || (result !== null && result.value !== null)) return null;
  if (result !== null) return `The script reported a ${result.name} that is not a finite number.`;
  return 'The script reported no metric: print one, such as `Test accuracy: 0.95`, or compute it with accuracy_score or model.evaluate.';
}

/** Why a run lost its runner, and what to do where that is to be done. `memoryBytes` is the container's limit, where it has one. */
export function explainLoss(
  kind: EndClass,
  end: Pick<RunnerEnd, 'exitCode' | 'signal' | 'diagnostics'>,
  memoryBytes: number | null,
): string {
  switch (kind) {
    case 'cancelled':
      return 'Cancelled.';
    case 'out-of-memory': {
      const limit = memoryBytes === null ? 'the engine allows' : `its limit of ${Math.round(memoryBytes / 1e6)} MB`;
      return `The container needed more memory than ${limit}. Raise limits.memory in hone.yaml, or make the model or its batches smaller.`;
    }
    case 'killed':
      return 'It was killed from outside while it trained.';
    case 'ended-unwatched': {
      const how = end.signal === null ? `with exit code ${end.exitCode ?? 'unknown'}` : `by ${end.signal}`;
      return `The container ended ${how} while nobody watched it: it was stopped or killed, or Docker was restarted.`;
    }
    case 'engine-restarted':
      return 'Docker was restarted, and the container ended with it.';
    case 'host-restarted':
      return 'This machine was restarted.';
    case 'supervisor-lost':
      return 'Its supervisor ended, and the training with it.';
    default: {
      const said = end.diagnostics.trim().split('\n').at(-1) ?? '';
      return `The runner ended in the middle of the trial (exit code ${end.exitCode ?? 'unknown'})${said === '' ? '.' : `: ${said}`}`;
    }
  }
}
