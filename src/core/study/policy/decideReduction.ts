import type { Assignment } from '../../space/Assignment.ts';
import type { Decision } from '../decide.ts';
import type { Trial } from '../Study.ts';
import { onlyChanges, valueIn } from './assignmentKey.ts';
import { KEPT_GAIN } from './chooseBest.ts';
import { isBetter, judgedValueOf, objectiveOf } from './objectiveOf.ts';
import { isTaken, nextTrial, trialWith, type Situation } from './Situation.ts';
import { startSuggested } from './startSuggested.ts';

/** A change is unimportant where so much of the gain stays without it, and the target is still reached. */
const KEPT = 0.9;
const KEPT_MARGIN = 0.75;

/**
 * Takes back the changes of a trial that it does not need: first all those together that seem unimportant, then one by one, within the budget. Each try
 * is a trial.
 * @returns what to do next; or, when that is done, the trial with the fewest changes that is as good
 */
export function decideReduction(situation: Situation, candidate: Trial): Decision | Trial {
  const { study, search } = situation;
  let current = candidate;
  let left = reductionsLeft(situation, candidate);
  for (const step of stepsOf(situation, candidate)) {
    const remaining = withoutIds(current.hyperparameters, step);
    const size = Object.keys(current.hyperparameters).length;
    if (current.files !== null || size < 2 || Object.keys(remaining).length === 0) continue;
    if (Object.keys(remaining).length === size) continue;
    const tried = trialWith(study, remaining);
    if (tried?.state === 'running') return { kind: 'wait' };
    if (tried !== null) {
      if (keepsGain(situation, candidate, tried)) current = tried;
      continue;
    }
    const suggested = study.suggestions.find(({ purpose }) => purpose === 'reduction');
    if (suggested !== undefined) return startSuggested(situation, suggested);
    if (left-- <= 0 || isTaken(study, remaining)) break;
    const names = step.map((id) => search.dimensions.find((dimension) => dimension.id === id)?.name ?? id);
    const origin = `trial ${current.number} without ${names.join(', ')}`;
    return {
      kind: 'propose',
      trial: nextTrial(study),
      purpose: 'reduction',
      assignment: onlyChanges(search.dimensions, remaining),
      origin,
    };
  }
  return current;
}

/** How many trials may still be spent on it: within the budget for this candidate, and within the study's trials. */
function reductionsLeft({ study, budget }: Situation, candidate: Trial): number {
  const spent = study.trials.filter(({ purpose, number }) => purpose === 'reduction' && number > candidate.number).length;
  const allowed = budget.reductions ?? Object.keys(candidate.hyperparameters).length + 1;
  const trials = budget.trials === null ? Infinity : budget.trials - study.trials.length;
  return Math.min(allowed - spent, trials);
}

/** Changes to take back together, then each alone; the least important first. */
function stepsOf(situation: Situation, candidate: Trial): readonly (readonly string[])[] {
  const ids = Object.keys(candidate.hyperparameters);
  const effects = new Map(ids.map((id) => [id, effectOf(situation, candidate, id)]));
  const ordered = [...ids].sort((a, b) => (effects.get(a) ?? 0) - (effects.get(b) ?? 0));
  const singles = ordered.map((id) => [id]);
  const most = Math.max(...effects.values());
  const unimportant = ordered.filter((id) => (effects.get(id) ?? 0) < most / 4).slice(0, ids.length - 1);
  return unimportant.length > 1 ? [unimportant, ...singles] : singles;
}

/** How much better the trials did that share the candidate's value than those with the user's own, of what had ended before it. */
function effectOf({ study, objective, search, eligible }: Situation, candidate: Trial, id: string): number {
  const dimension = search.dimensions.find((one) => one.id === id);
  if (dimension === undefined) return Infinity;
  const known = eligible.filter(({ endedAt }) => endedAt !== null && endedAt <= (candidate.endedAt ?? study.updatedAt));
  const sign = objective.direction === 'minimize' ? -1 : 1;
  const mean = (trials: readonly Trial[]): number =>
    trials.reduce((sum, trial) => sum + sign * (objectiveOf(trial, objective) ?? 0), 0) / Math.max(1, trials.length);
  const close = (trial: Trial, to: unknown): boolean =>
    JSON.stringify(valueIn(trial.hyperparameters, dimension)) === JSON.stringify(to);
  const same = known.filter((trial) => close(trial, candidate.hyperparameters[id]));
  const own = known.filter((trial) => close(trial, dimension.value));
  return own.length === 0 ? Infinity : mean(same) - mean(own);
}

function keepsGain({ plan, study, objective, baseline, eligible }: Situation, candidate: Trial, reduced: Trial): boolean {
  const from = objectiveOf(baseline, objective);
  const best = objectiveOf(candidate, objective);
  const value = objectiveOf(reduced, objective);
  if (from === null || best === null || value === null || !eligible.includes(reduced)) return false;
  const kept = plan.target === null ? KEPT_GAIN : KEPT;
  if (isBetter(objective.direction, from + kept * (best - from), value)) return false;
  // What lies beyond the target is what a confirmation needs.
  const margin = plan.target === null || !reachesTarget(plan.target, objective.direction, best) ? null : best - plan.target;
  if (plan.target !== null && margin !== null && isBetter(objective.direction, plan.target + KEPT_MARGIN * margin, value))
    return false;
  const reported = judgedValueOf(reduced, study.objective);
  return (
    !reachesTarget(plan.target, objective.direction, judgedValueOf(candidate, study.objective)) ||
    reachesTarget(plan.target, objective.direction, reported)
  );
}

/** Whether a value is at least as good as the target; false where there is none. */
export function reachesTarget(target: number | null, direction: 'maximize' | 'minimize', value: number | null): boolean {
  return target !== null && value !== null && !isBetter(direction, target, value);
}

function withoutIds(assignment: Assignment, ids: readonly string[]): Assignment {
  return Object.fromEntries(Object.entries(assignment).filter(([id]) => !ids.includes(id)));
}
