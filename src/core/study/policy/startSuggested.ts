import type { Decision } from '../Decision.ts';
import type { Suggestion } from '../Study.ts';
import type { Situation } from './Situation.ts';

/** A trial may take so many times the baseline's time, and never less than this many seconds. */
const LONGEST = 3;
const LEAST_SECONDS = 30;

/** Starts a trial of which the assignment is journalled. */
export function startSuggested(situation: Situation, { trial, purpose, assignment }: Suggestion): Decision {
  return { kind: 'trial', trial, repeat: 0, purpose, assignment, seed: null, timeoutSeconds: timeoutOf(situation) };
}

/** Side by side, trials share the processors that the baseline had to itself. */
export function timeoutOf({ baseline, search }: Pick<Situation, 'baseline' | 'search'>): number {
  return Math.max(LEAST_SECONDS, Math.ceil(LONGEST * (baseline.seconds ?? 0) * search.jobs));
}
