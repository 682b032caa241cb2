import { intermediateValues } from './policy/intermediateValues.ts';
import { isBetter } from './policy/objectiveOf.ts';
import type { Study, Trial } from './Study.ts';
import type { StudyPlan } from './StudyPlan.ts';

/** Complete trials that there must be, and the share of its epochs that a trial gets, before it is compared with them. */
const LEAST_TRIALS = 4;
const LEAST_SHARE = 0.2;
/** The share of the others that a trial has to be ahead of; at first only half of them where it has more epochs than the script's own, and shows it late. */
const AHEAD_OF = 0.75;
const AHEAD_OF_AT_FIRST = 0.5;

/**
 * Why a trial that still runs need not go on, in a sentence; null where it may. Asked after each epoch. A loss that is no number any more ends it at
 * once. One that searches is ended where its best so far is not among the best quarter of the others at the same epoch (Optuna's percentile rule), and only
 * where the epochs tell the objective itself.
 */
export function verdict(plan: StudyPlan, study: Study, trial: Trial): string | null {
  if (plan.search === null) return null;
  const last = trial.epochs.at(-1)?.metrics ?? {};
  const lost = Object.entries(last).find(([name, value]) => value === null && name.includes('loss'));
  if (lost !== undefined) return `Its ${lost[0].replace('val_', '')} is no finite number any more.`;
  return trial.purpose === 'search' ? behindOthers(study, trial) : null;
}

function behindOthers({ trials, objective }: Study, trial: Trial): string | null {
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
    .sort((a, b) => (isBetter(objective.direction, a, b) ? 1 : -1));
  if (own === null || others.length < LEAST_TRIALS) return null;
  const usual = trials.find(({ number }) => number === 0)?.epochs.at(-1)?.epochs ?? at.epochs;
  const share = at.epochs > usual && at.epoch <= usual ? AHEAD_OF_AT_FIRST : AHEAD_OF;
  const hurdle = quantileOf(others, share);
  if (!isBetter(objective.direction, hurdle, own)) return null;
  const ahead = share === AHEAD_OF ? 'is not among the best quarter of the others' : 'is behind half of the others';
  return `Its ${objective.name} on validation data, ${written(own)} at best after ${at.epoch} epochs, ${ahead}, ${written(hurdle)}.`;
}

/** Between the two values that are nearest to that share of them; the best last. */
function quantileOf(sorted: readonly number[], share: number): number {
  const at = (sorted.length - 1) * share;
  const [low = 0, high = 0] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return low + (high - low) * (at - Math.floor(at));
}

function written(value: number): string {
  return String(Number(value.toPrecision(4)));
}
