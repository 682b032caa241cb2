import type { Decision } from '../Decision.ts';
import type { Trial } from '../Study.ts';
import { freshSeed } from './seededRandom.ts';
import { timeoutOf } from './startSuggested.ts';
import type { Situation } from './Situation.ts';

/**
 * Runs a trial again on a fresh seed. Re-tests of different trials share their seeds, so that they are compared on the same splits; a confirmation has
 * seeds that nothing was chosen by.
 */
export function startRepeat(situation: Situation, trial: Trial, purpose: 'retest' | 'confirmation'): Decision {
  const { plan } = situation;
  const repeat = 1 + Math.max(0, ...trial.repetitions.map((one) => one.repeat));
  const index = trial.repetitions.filter((one) => one.purpose === purpose).length;
  const seed = purpose === 'retest' ? freshSeed(plan.seed, purpose, index) : freshSeed(plan.seed, purpose, trial.number, index);
  return {
    kind: 'trial',
    trial: trial.number,
    repeat,
    purpose,
    assignment: trial.hyperparameters,
    seed,
    timeoutSeconds: timeoutOf(situation),
  };
}
