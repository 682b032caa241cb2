import { intermediateValues } from './policy/intermediateValues.ts';
import { isBetter } from './policy/objectiveOf.ts';
import type { Study, Trial } from './Study.ts';
import type { StudyPlan } from './StudyPlan.ts';

/** Complete trials that there must be, and the share of its epochs that a trial gets, before it is compared with them. */
const LEAST_TRIALS = 4;
const LEAST_SHARE = 0.2;

/**
 * Why a trial that still runs need not go on, in a sentence; null where it may. Asked after each epoch. A loss that is no number any more ends it at
 * once. One that searches is ended where its best so far is below the median of the others at the same epoch (Optuna's median rule), and only where the
 * epochs tell the objective itself.
 */
export function verdict(plan: StudyPlan, study: Study, trial: Trial): string | null {
  if (plan.search === null) return null;
  const last = trial.epochs.at(-1)?.metrics ?? {};
  const lost = Object.entries(last).find(([name, value]) => value === null && name.includes('loss'));
  if (lost !== undefined) return `Its ${lost[0].replace('val_', '')} is no finite number any more.`;
  return trial.purpose === 'search' ? belowMedian(study, trial) : null;
}

function belowMedian({ trials, objective }: Study, trial: Trial): string | null {
  const at = trial.epochs.at(-1);
  if (objective === null || at === undefined || at.epochs === null || at.epoch < Math.max(2, LEAST_SHARE * at.epochs))
    return null;
  const bestUntil = (one: Trial): number | null => {
    const values = intermediateValues(one, objective).filter(({ step }) => step <= at.epoch);
    return values.length === 0
      ? null
      : values.reduce((best, { value }) => (isBetter(objective.direction, value, best) ? value : best), values[0]?.value ?? 0);
  };
  const own = bestUntil(trial);
  const others = trials
    .filter(({ state, number }) => state === 'complete' && number !== trial.number)
    .map(bestUntil)
    .filter((value) => value !== null)
    .sort((a, b) => a - b);
  if (own === null || others.length < LEAST_TRIALS) return null;
  const median = medianOf(others);
  if (!isBetter(objective.direction, median, own)) return null;
  return `Its ${objective.name} on validation data, ${written(own)} at best after ${at.epoch} epochs, is behind the median of the others, ${written(median)}.`;
}

function medianOf(sorted: readonly number[]): number {
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}

function written(value: number): string {
  return String(Number(value.toPrecision(4)));
}
