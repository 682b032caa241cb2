import { intermediateValues } from './policy/intermediateValues.ts';
import { isBetter } from './policy/objectiveOf.ts';
import { RANDOM_ORIGIN, TPE_ORIGIN } from './policy/suggestRequest.ts';
import type { Study, Trial } from './Study.ts';
import type { StudyPlan } from './StudyPlan.ts';

/** Complete trials that there must be, and the share of its epochs that a trial gets, before it is compared with them. */
const LEAST_TRIALS = 4;
const LEAST_SHARE = 0.2;
/** From this share of its epochs on it may end: little is saved any more, and its value is worth knowing. */
const NEARLY_DONE = 0.8;
/**
 * The share of the others that a trial has to be ahead of: one that was drawn or sampled, of which there will be many, and an expert's change to the best. The
 * others are then what led to that best, so at first half of them say nothing of it: what learns more slowly and ends better may be behind them.
 */
const RULES = {
  suggested: { aheadOf: 0.75, behind: 'is not among the best quarter of the others' },
  youngMove: { aheadOf: 0.25, behind: 'is behind three quarters of the others' },
  move: { aheadOf: 0.5, behind: 'is behind half of the others' },
};
/** The share of its epochs by which an expert's change has to have caught up. */
const CATCH_UP = 0.4;

/**
 * Why a trial that still runs need not go on, in a sentence; null where it may. Asked after each epoch. A loss that is no number any more ends it at
 * once. One that searches is ended where its best so far is behind half of the others at the same epoch (at first behind three quarters of them), or, where
 * it was suggested, not among the best quarter of them (Optuna's percentile rule); and only where the epochs tell the objective itself.
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
  if (objective === null || at === undefined || at.epochs === null) return null;
  if (at.epoch < Math.max(2, LEAST_SHARE * at.epochs) || at.epoch >= NEARLY_DONE * at.epochs) return null;
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
  const isSuggested = trial.origin === RANDOM_ORIGIN || trial.origin === TPE_ORIGIN;
  const rule = RULES[isSuggested ? 'suggested' : at.epoch < CATCH_UP * at.epochs ? 'youngMove' : 'move'];
  const hurdle = quantileOf(others, rule.aheadOf);
  if (!isBetter(objective.direction, hurdle, own)) return null;
  return `Its ${objective.name} on validation data, ${written(own)} at best after ${at.epoch} epochs, ${rule.behind}, ${written(hurdle)}.`;
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
