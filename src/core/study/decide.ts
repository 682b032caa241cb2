import { decideStudy } from './policy/decideStudy.ts';
import { runningRuns } from './policy/runningRuns.ts';
import { otherMetric } from './policy/endOfBaseline.ts';
import type { StudyEndState, Measurement } from './JournalEvent.ts';
import type { Study, Trial } from './Study.ts';
import type { StudyPlan } from './StudyPlan.ts';
import type { Decision } from './Decision.ts';

/** What a study needs next; a pure function of its plan and of what its journal tells. */
export function decide(plan: StudyPlan, study: Study): Decision {
  const interrupted = study.state === 'paused' ? [] : runningRuns(plan, study, true);
  // With the best taken as good enough, only the baseline is needed.
  const next = interrupted.find(({ trial, repeat }) => !study.accepted || (trial === 0 && repeat === 0));
  if (next !== undefined) return next;
  if (plan.search !== null) return decideStudy(plan, plan.search, study);
  const run = study.trials[0];
  if (run === undefined) {
    const { assignment } = plan;
    return { kind: 'trial', trial: 0, repeat: 0, purpose: 'baseline', assignment, seed: null, timeoutSeconds: null };
  }
  return run.state === 'running' ? { kind: 'wait' } : { kind: 'end', ...endOfRun(plan, run) };
}

function endOfRun(plan: StudyPlan, trial: Trial): { state: StudyEndState; reason: string | null } {
  if (trial.state === 'cancelled') return { state: 'cancelled', reason: trial.reason };
  if (trial.state !== 'complete') return { state: 'failed', reason: trial.reason };
  const { target } = plan;
  const other = otherMetric(plan, trial);
  if (target === null) return { state: 'complete', reason: trial.reason ?? other };
  if (other !== null) return { state: 'target-missed', reason: other };
  const { result } = trial;
  if (result === null || result.value === null) {
    return { state: 'target-missed', reason: trial.reason ?? 'The script reported no number to compare with the target.' };
  }
  if (result.data === 'train' && reaches(result, target)) {
    return {
      state: 'target-missed',
      reason: `${result.name} is ${round(result.value)}, but on training data, which says little about new data: report it on test data.`,
    };
  }
  if (reaches(result, target)) {
    return { state: 'target-reached', reason: 'On one run: not confirmed on other seeds.' };
  }
  return { state: 'target-missed', reason: `${result.name} is ${round(result.value)}, the target is ${round(target)}.` };
}

/** Whether a value is at least as good as the target, in its metric's direction. */
export function reaches(result: Measurement, target: number): boolean {
  if (result.value === null) return false;
  return result.direction === 'minimize' ? result.value <= target : result.value >= target;
}

function round(value: number): string {
  return String(Number(value.toPrecision(4)));
}
