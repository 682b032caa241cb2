import type { Decision } from '../Decision.ts';
import type { Repeat, Study, Trial } from '../Study.ts';
import type { StudyPlan } from '../StudyPlan.ts';
import { timeoutOf } from './startSuggested.ts';

type TrialDecision = Extract<Decision, { kind: 'trial' }>;

/** Trials and repeats of which the journal tells no end, as they would be resumed, those that were `cut` or the others. */
export function runningRuns(plan: StudyPlan, study: Study, cut: boolean): readonly TrialDecision[] {
  const baseline = study.trials.find(({ number }) => number === 0);
  const limit = plan.search === null || baseline === undefined ? null : timeoutOf({ baseline, search: plan.search });
  const isMeant = (run: Trial | Repeat): boolean => run.state === 'running' && run.cut === cut;
  return study.trials.flatMap((trial) => {
    const { number, purpose, hyperparameters: assignment } = trial;
    const shared = { kind: 'trial', trial: number, assignment, resume: true } as const;
    const own = { ...shared, repeat: 0, purpose, seed: null, timeoutSeconds: number === 0 ? null : limit };
    const again = trial.repetitions.filter(isMeant).map(({ repeat, purpose: why, seed }) => {
      return { ...shared, repeat, purpose: why, seed, timeoutSeconds: limit };
    });
    return isMeant(trial) ? [own, ...again] : again;
  });
}
