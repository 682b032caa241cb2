import type { Assignment } from '../../space/Assignment.ts';
import type { Decision } from '../Decision.ts';
import type { Trial } from '../Study.ts';
import { onlyChanges, valueIn } from './assignmentKey.ts';
import { KEPT_GAIN } from './chooseBest.ts';
import { meanOf } from './confirmationOf.ts';
import { isBetter, judgedValueOf, objectiveOf } from './objectiveOf.ts';
import { isTaken, nextTrial, trialWith, type Situation } from './Situation.ts';
import { startSuggested } from './startSuggested.ts';
import { widenLayers } from './widenLayers.ts';

/** A change is unimportant where so much of the gain stays without it, and the target is still reached. */
const KEPT = 0.9;
const KEPT_MARGIN = 0.75;
/** The share of the gain that a change must have shown to matter. */
const SHOWN = 0.1;

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
    const remaining = onlyChanges(search.dimensions, withoutIds(current.hyperparameters, step));
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
      assignment: remaining,
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

/**
 * Changes to take back together, then each alone; the least important first. A change that made the difference between two trials by itself is not
 * taken back: that was tried.
 */
function stepsOf(situation: Situation, candidate: Trial): readonly (readonly string[])[] {
  const { study, objective, baseline } = situation;
  const gain = Math.abs((objectiveOf(candidate, objective) ?? 0) - (objectiveOf(baseline, objective) ?? 0));
  const known = situation.eligible.filter(({ endedAt }) => endedAt !== null && endedAt <= (candidate.endedAt ?? study.updatedAt));
  const effects = Object.keys(candidate.hyperparameters).map((id) => ({ id, ...effectOf(situation, candidate, id, known) }));
  const open = effects.filter(({ shown, effect }) => !shown || effect < SHOWN * gain).sort((a, b) => a.effect - b.effect);
  const most = Math.max(...effects.map(({ effect }) => effect));
  const unimportant = open.filter(({ effect }) => effect < most / 4).slice(0, effects.length - 1);
  const singles = open.map(({ id }) => [id]);
  return unimportant.length > 1 ? [unimportant.map(({ id }) => id), ...singles] : singles;
}

/**
 * How much better trials were with the candidate's value than with the user's own: of two that differ in nothing else where there are such, or of a layer
 * only in what was widened with it; else of all.
 */
function effectOf(
  { study, objective, search, dimensions }: Situation,
  { hyperparameters }: Trial,
  id: string,
  known: readonly Trial[],
): { readonly effect: number; readonly shown: boolean } {
  const sign = objective.direction === 'minimize' ? -1 : 1;
  const worth = (trial: Trial): number => sign * (objectiveOf(trial, objective) ?? NaN);
  const dimension = search.dimensions.find((one) => one.id === id);
  if (dimension === undefined) return { effect: Infinity, shown: false };
  const has = (value: unknown) => (trial: Trial) =>
    JSON.stringify(valueIn(trial.hyperparameters, dimension)) === JSON.stringify(value);
  const same = known.filter(has(hyperparameters[id]));
  const pairsWithout = (ids: readonly string[]): readonly number[] =>
    same.flatMap((trial) => {
      const without = trialWith(study, withoutIds(trial.hyperparameters, ids));
      return without !== null && known.includes(without) ? [worth(trial) - worth(without)] : [];
    });
  const alone = pairsWithout([id]);
  const layers = Object.keys(widenLayers(dimensions, {}) ?? {});
  const pairs = alone.length > 0 || !layers.includes(id) ? alone : pairsWithout(layers);
  if (pairs.length > 0) return { effect: meanOf(pairs), shown: true };
  const own = known.filter(has(dimension.value));
  return { effect: own.length === 0 ? Infinity : meanOf(same.map(worth)) - meanOf(own.map(worth)), shown: false };
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
