import { isBounded } from '../parseTarget.ts';
import type { Confirmation, Repeat, Study, Trial } from '../Study.ts';
import { confirmationSeedsFor } from './budgetFor.ts';
import { binomialInterval } from './binomialInterval.ts';
import { judgedValueOf } from './objectiveOf.ts';
import { quantileT } from './quantileT.ts';

/** The chance of a false claim that all confirmations of a study share. */
const ALPHA = 0.05;

/**
 * What the repeats of a trial's confirmation tell so far: Student's bounds of their mean. The k-th confirmation of a study may err with α / (k (k + 1)), which
 * sums to α over any number of them. The trial's own value does not count: it was picked because it is good.
 * @returns null for a trial that is not being confirmed, and before its second repeat has ended
 */
export function confirmationOf(study: Study, number: number): Confirmation | null {
  const index = study.attempts.findIndex(({ trial }) => trial === number);
  const trial = study.trials.find((one) => one.number === number);
  if (index < 0 || trial === undefined) return null;
  const values = confirmingValues(study, trial);
  if (values.length < 2) return null;
  const attempt = index + 1;
  const { rows = null } = trial.result ?? {};
  const share = study.metric !== null && isBounded(study.metric.name);
  const mean = meanOf(values);
  const identical =
    trial.value !== null && [...values, judgedValueOf(trial, study.objective)].every((value) => value === values[0]);
  const constant = identical && !seedsMatter(study);
  // Values of so few rows come in steps: equal ones may hide a spread of half a step.
  const level = 1 - (ALPHA / (attempt * (attempt + 1))) * lookAt(study, values.length);
  const floor = constant || rows === null || !share ? 0 : 0.5 / rows;
  const reach = (quantileT(level, values.length - 1) * spreadOf(values, mean, floor)) / Math.sqrt(values.length);
  const [least, most] = share ? [Math.min(0, mean), Math.max(1, mean)] : [-Infinity, Infinity];
  return {
    trial: number,
    mean,
    low: Math.max(least, mean - reach),
    high: Math.min(most, mean + reach),
    seeds: values.length,
    attempt,
    identical: constant,
    interval: rows === null || rows === 0 || !isCounted(study) ? null : { ...binomialInterval(mean, rows), rows },
  };
}

/**
 * How many repeats a confirmation is judged after: at first so many as are set, and twice as many, then four times, where that is promising.
 * Each look has its share of the attempt's chance to err.
 */
export function looksOf(seeds: number): readonly number[] {
  return [seeds, 2 * seeds, 4 * seeds];
}

const SHARES = [0.5, 0.25, 0.25];

function lookAt({ confirmationSeeds, trials }: Study, repeats: number): number {
  const baseline = trials.find(({ number }) => number === 0);
  const looks = looksOf(confirmationSeedsFor(confirmationSeeds, baseline?.seconds ?? 0));
  return SHARES[looks.findIndex((look) => repeats <= look)] ?? 0.25;
}

/** Values of the repeats that confirm a trial, those that ended with one. */
export function confirmingValues(study: Study, trial: Trial | undefined): readonly number[] {
  return (trial?.repetitions ?? [])
    .filter(({ purpose, state }) => purpose === 'confirmation' && state === 'complete')
    .map((repeat) => judgedValueOf(repeat, study.objective))
    .filter((value) => value !== null);
}

/** A trial's value against a target: the mean of its repeats where there are two or more, else its own. */
export function judgedMeanOf(study: Study, trial: Trial): number | null {
  const values = trial.repetitions
    .filter(({ state }) => state === 'complete')
    .map((repeat) => judgedValueOf(repeat, study.objective))
    .filter((value) => value !== null);
  return values.length < 2 ? judgedValueOf(trial, study.objective) : meanOf(values);
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Whether any trial's repeats differed from one another, or from the trial itself. */
export function seedsMatter(study: Study): boolean {
  const differs = (one: Repeat, { value }: Trial): boolean => one.state === 'complete' && one.value !== value;
  return study.trials.some((trial) => trial.repetitions.some((repeat) => differs(repeat, trial)));
}

function spreadOf(values: readonly number[], mean: number, floor: number): number {
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return Math.max(floor, Math.sqrt(variance));
}

/** Whether the metric is a share of rows, each right or wrong. */
function isCounted({ metric }: Study): boolean {
  return metric !== null && /^(top_\d+_)?accuracy$/.test(metric.name);
}
