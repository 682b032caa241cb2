import type { Metric } from '../../scan/Script.ts';
import type { Assignment } from '../../space/Assignment.ts';
import type { Dimension, SearchPlan } from '../SearchPlan.ts';
import type { Study, Trial } from '../Study.ts';
import type { StudyPlan } from '../StudyPlan.ts';
import { assignmentKey, valueIn } from './assignmentKey.ts';
import { budgetFor, type StudyBudget } from './budgetFor.ts';
import { eligibleTrials, scoreOf } from './chooseBest.ts';
import { isBetter } from './objectiveOf.ts';
import { promisingDimensions } from './promisingDimensions.ts';
import { widenRange } from './widenRange.ts';

/** A study whose baseline is complete, as the rules look at it. */
export interface Situation {
  readonly plan: StudyPlan;
  readonly search: SearchPlan;
  readonly study: Study;
  readonly baseline: Trial;
  readonly objective: Metric;
  readonly budget: StudyBudget;
  /** Those that are searched: their lines run, and there are not too many. */
  readonly dimensions: readonly Dimension[];
  /** Trials that may be chosen. */
  readonly eligible: readonly Trial[];
  /** The eligible trial that is worth most so far: the search goes on from it. */
  readonly incumbent: Trial;
}

export function situationOf(plan: StudyPlan, search: SearchPlan, study: Study, baseline: Trial, objective: Metric): Situation {
  const budget = budgetFor(search, baseline.seconds ?? 0, study.minutes);
  const eligible = eligibleTrials(study);
  const worth = (trial: Trial): number => scoreOf(study, trial) ?? NaN;
  const incumbent = eligible.reduce(
    (best, trial) => (isBetter(objective.direction, worth(trial), worth(best)) ? trial : best),
    baseline,
  );
  const promising = promisingDimensions(search.dimensions, study.unexecuted, budget.dimensions);
  const dimensions = promising.map((dimension) => widenRange(dimension, valueIn(incumbent.hyperparameters, dimension)));
  return { plan, search, study, baseline, objective, budget, dimensions, eligible, incumbent };
}

/** The number of the next trial. */
export function nextTrial({ trials, suggestions }: Study): number {
  return 1 + Math.max(...trials.map(({ number }) => number), ...suggestions.map(({ trial }) => trial));
}

/** Share of the time that is spent. */
export function spentShare({ study, budget }: Situation): number {
  return study.activeMs / (budget.minutes * 60_000);
}

/** The trial with exactly this assignment, or null. Trials of a tweak script have none of their own. */
export function trialWith(study: Study, assignment: Assignment): Trial | null {
  const key = assignmentKey(assignment);
  return study.trials.find(({ hyperparameters, files }) => files === null && assignmentKey(hyperparameters) === key) ?? null;
}

/** Whether an assignment was tried, or is about to be. */
export function isTaken(study: Study, assignment: Assignment): boolean {
  const key = assignmentKey(assignment);
  return (
    trialWith(study, assignment) !== null || study.suggestions.some((suggestion) => assignmentKey(suggestion.assignment) === key)
  );
}

/** What is sampled. Epochs are not, unless the developer gave them a range: more of them are nearly always a little better. */
export function searchedDimensions({ dimensions }: Situation): readonly Dimension[] {
  return dimensions.filter(({ name, own }) => own || name !== 'epochs');
}
