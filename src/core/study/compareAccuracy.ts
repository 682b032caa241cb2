import { meanOf } from './policy/confirmationOf.ts';
import { noiseOf } from './policy/noiseOf.ts';
import { isBetter } from './policy/objectiveOf.ts';
import type { PushOutcome } from './PollState.ts';
import type { Study, Trial } from './Study.ts';

/** So many standard deviations are no chance any more: one in forty, one-sided. */
const DEVIATIONS = 2;

/** How a script does now against an earlier run, both with the values in its code. */
export type AccuracyChange = Pick<PushOutcome, 'value' | 'before' | 'change' | 'noise'>;

/**
 * Whether the code itself got better or worse by more than chance: each side the mean of all that was run with the code's own values, chance as the
 * repeats tell it, else the size of the evaluation set. Where neither is known any difference counts.
 * @param earlier newest first; the first that can be compared counts, so that one that failed in between hides nothing
 */
export function compareAccuracy(earlier: readonly Study[], now: Study): AccuracyChange {
  const own = standingOf(now);
  if (own === null) return { value: null, before: null, change: 'unknown', noise: null };
  const past = earlier.map(standingOf).find((standing) => standing !== null && isSameMetric(standing.trial, own.trial));
  if (past == null) return { value: own.value, before: null, change: 'unknown', noise: null };
  const known = [own.noise, past.noise].filter((noise) => noise !== null);
  const noise = known.length === 0 ? null : Math.hypot(own.noise ?? known[0] ?? 0, past.noise ?? known[0] ?? 0);
  const isBeyond = Math.abs(own.value - past.value) > DEVIATIONS * (noise ?? 0);
  const gained = isBetter(own.trial.result?.direction ?? 'maximize', own.value, past.value);
  const change = own.value === past.value || !isBeyond ? 'same' : gained ? 'better' : 'worse';
  return { value: own.value, before: { study: past.study, value: past.value }, change, noise };
}

interface Standing {
  /** Its id. */
  readonly study: string;
  readonly trial: Trial;
  readonly value: number;
  /** Of that value, as a standard deviation. */
  readonly noise: number | null;
}

/** What a study tells of the code's own values: nothing where its first trial was given others, or did not end well. */
function standingOf(study: Study): Standing | null {
  const trial = study.trials.find(({ number }) => number === 0);
  if (trial?.state !== 'complete' || trial.value === null || Object.keys(trial.hyperparameters).length > 0) return null;
  const values = [trial, ...trial.repetitions.filter(({ state }) => state === 'complete')].map(({ value }) => value);
  const finite = values.filter((value) => value !== null);
  const noise = noiseOf(study, trial);
  return { study: study.id, trial, value: meanOf(finite), noise: noise === null ? null : noise / Math.sqrt(finite.length) };
}

function isSameMetric({ result: a }: Trial, { result: b }: Trial): boolean {
  return a?.name === b?.name && a?.data === b?.data && a?.direction === b?.direction;
}
