import type { Study, Trial } from '../Study.ts';
import { meanOf } from './confirmationOf.ts';
import { judgedValueOf } from './objectiveOf.ts';

/**
 * How far a trial's value changes by chance, as a standard deviation: pooled over all repeats of the study; before there are any, what the size of the
 * evaluation set alone would do to a share of its rows. Null where neither is known.
 */
export function noiseOf(study: Study, { result, value }: Trial): number | null {
  let squares = 0;
  let degrees = 0;
  for (const { repetitions } of study.trials) {
    const values = repetitions.map((repeat) => judgedValueOf(repeat, study.objective)).filter((one) => one !== null);
    if (values.length < 2) continue;
    const mean = meanOf(values);
    squares += values.reduce((sum, one) => sum + (one - mean) ** 2, 0);
    degrees += values.length - 1;
  }
  if (degrees > 0) return Math.sqrt(squares / degrees);
  const { rows = null, name = '' } = result ?? {};
  if (rows === null || value === null || value < 0 || value > 1 || !name.endsWith('accuracy')) return null;
  const share = (value * rows + 1) / (rows + 2);
  return Math.sqrt((share * (1 - share)) / rows);
}
