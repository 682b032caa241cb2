import type { Direction, Metric } from '../scan/Script.ts';
import { judgedMeanOf } from './policy/confirmationOf.ts';
import { noiseOf } from './policy/noiseOf.ts';
import { isBetter } from './policy/objectiveOf.ts';
import type { Study } from './Study.ts';

/** What a study came to, with how sure that is. */
export interface StudyValue {
  readonly study: string;
  readonly metric: Pick<Metric, 'name' | 'data' | 'direction'>;
  /** The mean of the best trial's repeats where it has two or more, else its own value. */
  readonly value: number;
  /** Standard error of the value; null where nobody knows how far chance moves it. */
  readonly error: number | null;
}

/** How a value stands to an earlier one. */
export interface ValueComparison {
  readonly study: string;
  readonly value: number;
  /** This value less the earlier one. */
  readonly difference: number;
  /** How far the two may lie apart by chance, one-sided 95 %; null where nobody knows. */
  readonly noise: number | null;
  /** Whether it is worse by more than that; by anything, where the noise is not known. */
  readonly worse: boolean;
}

/** The quantile of the normal distribution that leaves 5 % above it. */
const ONE_SIDED_95 = 1.645;

/** What the best trial of a study came to; null where it has no finite value. */
export function studyValueOf(study: Study): StudyValue | null {
  const trial = study.trials.find(({ number }) => number === study.best);
  const value = trial === undefined ? null : judgedMeanOf(study, trial);
  if (trial === undefined || value === null || study.metric === null) return null;
  const { name, data, direction } = study.metric;
  const noise = noiseOf(study, trial);
  const repeats = trial.repetitions.filter(({ state }) => state === 'complete').length;
  const error = noise === null ? null : noise / Math.sqrt(repeats < 2 ? 1 : repeats);
  return { study: study.id, metric: { name, data, direction }, value, error };
}

/** How a value stands to an earlier one of the same metric on the same kind of data; null where they cannot be compared. */
export function compareValues(now: StudyValue, before: StudyValue): ValueComparison | null {
  if (now.metric.name !== before.metric.name || now.metric.data !== before.metric.data) return null;
  const difference = now.value - before.value;
  const errors = [now.error, before.error].filter((error) => error !== null);
  // Of two like trials the one tells of the other.
  const [first = null, second = first] = errors;
  const noise = first === null || second === null ? null : ONE_SIDED_95 * Math.hypot(first, second);
  return { study: before.study, value: before.value, difference, noise, worse: isWorse(now.metric.direction, difference, noise) };
}

function isWorse(direction: Direction, difference: number, noise: number | null): boolean {
  return isBetter(direction, 0, difference) && Math.abs(difference) > (noise ?? 0);
}
