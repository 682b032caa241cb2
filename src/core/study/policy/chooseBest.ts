import type { Study, Trial } from '../Study.ts';
import { confirmationOf, confirmingValues, meanOf } from './confirmationOf.ts';
import { isBetter, objectiveOf } from './objectiveOf.ts';

/** The share of a gain that a simpler assignment must keep to be as good, where nothing is to be reached but the best. */
export const KEPT_GAIN = 0.98;

/**
 * The trial that a study would have its user apply: the one that is confirmed; else, once the top few were run again, the one with the
 * best mean of those runs; else the one with the best value of the objective. The earlier one where two are equal, so never one that is no better than the baseline.
 */
export function chooseBest(study: Study): number | null {
  const among = contenders(study);
  return confirmedTrial(study) ?? reducedOf(study, bestOf(study, among), among)?.number ?? null;
}

/** A trial with fewer of the same changes stands for one that is hardly better. */
function reducedOf(study: Study, best: Trial | null, among: readonly Trial[]): Trial | null {
  const baseline = study.trials.find(({ number }) => number === 0);
  const [from, to] = [baseline, best].map((trial) => (trial === undefined || trial === null ? null : scoreOf(study, trial)));
  if (best === null || from == null || to == null) return best;
  const changes = Object.entries(best.hyperparameters);
  const isPart = ({ hyperparameters }: Trial): boolean =>
    Object.entries(hyperparameters).every(([id, value]) => changes.some(([other, its]) => other === id && its === value));
  const least = from + KEPT_GAIN * (to - from);
  const direction = study.objective?.direction ?? 'maximize';
  return among
    .filter(
      (trial) => trial.purpose === 'reduction' && isPart(trial) && !isBetter(direction, least, scoreOf(study, trial) ?? NaN),
    )
    .reduce((fewest, trial) => (sizeOf(trial) < sizeOf(fewest) ? trial : fewest), best);
}

function sizeOf({ hyperparameters }: Trial): number {
  return Object.keys(hyperparameters).length;
}

/** The trial of which the confirmation reaches the target; null while there is none. */
function confirmedTrial(study: Study): number | null {
  const { target, metric } = study;
  if (target === null || metric === null) return null;
  const reaching = study.attempts.findLast(({ trial }) => {
    const values = confirmingValues(
      study,
      study.trials.find(({ number }) => number === trial),
    );
    if (values.length < 2 || isBetter(metric.direction, target, meanOf(values))) return false; // Bounds cost more than a mean.
    const bounds = confirmationOf(study, trial);
    return bounds !== null && (metric.direction === 'minimize' ? bounds.high <= target : bounds.low >= target);
  });
  return reaching?.trial ?? null;
}

/** Trials that may be chosen: complete, with a value, within the limits of cost. */
export function eligibleTrials(study: Study): readonly Trial[] {
  return study.trials.filter(
    (trial) => trial.state === 'complete' && objectiveOf(trial, study.objective) !== null && isAffordable(study, trial),
  );
}

/** After re-tests, those that were re-tested: a mean is not compared with one lucky run. */
function contenders(study: Study): readonly Trial[] {
  const eligible = eligibleTrials(study);
  const retested = eligible.filter(
    (trial) => trial.repetitions.some(({ purpose }) => purpose === 'retest') && repeatedObjective(study, trial) !== null,
  );
  return retested.length >= 2 ? retested : eligible;
}

function bestOf(study: Study, trials: readonly Trial[]): Trial | null {
  const direction = study.objective?.direction ?? 'maximize';
  let best: { readonly trial: Trial; readonly score: number } | null = null;
  for (const trial of [...trials].sort((a, b) => a.number - b.number)) {
    const score = scoreOf(study, trial);
    if (score !== null && (best === null || isBetter(direction, score, best.score))) best = { trial, score };
  }
  return best?.trial ?? null;
}

/**
 * What a trial is worth: the mean of its repeats on fresh seeds where there are two or more; else its one value, less the luck that the
 * trials turned out to have had that were repeated. Those were picked as the best, as it would be.
 */
export function scoreOf(study: Study, trial: Trial): number | null {
  const value = objectiveOf(trial, study.objective);
  return repeatedObjective(study, trial) ?? (value === null || trial.number === 0 ? value : value - luckOf(study));
}

/** How much better picked trials were in their own run than in their repeats, on average; 0 where none was repeated, or none was lucky. */
function luckOf(study: Study): number {
  const differences = study.trials.flatMap((trial) => {
    const mean = trial.number === 0 || trial.repetitions.length < 2 ? null : repeatedObjective(study, trial);
    const own = objectiveOf(trial, study.objective);
    return mean === null || own === null ? [] : [own - mean];
  });
  const sign = study.objective?.direction === 'minimize' ? -1 : 1;
  return differences.length === 0 ? 0 : sign * Math.max(0, sign * meanOf(differences));
}

function repeatedObjective(study: Study, trial: Trial): number | null {
  const values = trial.repetitions
    .filter(({ state }) => state === 'complete')
    .map((repeat) => objectiveOf(repeat, study.objective))
    .filter((value) => value !== null);
  return values.length < 2 ? null : meanOf(values);
}

/** Whether a trial keeps to the limits that are factors of the baseline's time and size. */
function isAffordable({ trials, maxCost }: Study, trial: Trial): boolean {
  const baseline = trials.find(({ number }) => number === 0);
  const within = (value: number | null, of: number | null | undefined, factor: number | null): boolean =>
    factor === null || value === null || of == null || value <= of * factor;
  if (trial.number === 0) return true;
  return (
    within(trial.seconds, baseline?.seconds, maxCost.seconds) &&
    within(trial.parameters, baseline?.parameters, maxCost.parameters)
  );
}
