import type { Decision } from '../Decision.ts';
import type { Attempt, Trial } from '../Study.ts';
import { confirmationOf, confirmingValues, looksOf, meanOf } from './confirmationOf.ts';
import { decideReduction, reachesTarget } from './decideReduction.ts';
import { describeConfirmation } from './describeConfirmation.ts';
import { isBetter, judgedValueOf, objectiveOf } from './objectiveOf.ts';
import { noiseOf } from './noiseOf.ts';
import { quantileT } from './quantileT.ts';
import { spentShare, type Situation } from './Situation.ts';
import { startRepeat } from './startRepeat.ts';

/** The level of a first confirmation's bound. */
const FIRST_LEVEL = 0.975;
/** By how many deviations the best of some trials is better than it deserves. */
const LUCK = 1.25;
/** Where candidates are close to the target, so many trials after the first of them may bring a better one. */
const PATIENCE = 2;

/**
 * What a trial that reaches the target asks for: its changes are reduced, then it is confirmed by repeats on fresh seeds. Null while no trial asks for
 * anything: the search goes on.
 */
export function decideTarget(situation: Situation): Decision | null {
  const { plan, study } = situation;
  if (plan.target === null) return null;
  const last = study.attempts.at(-1);
  if (last !== undefined) {
    const decision = continueAttempt(situation, last);
    if (decision !== null) return decision;
  }
  if (spentShare(situation) >= 1) return null;
  const candidate = candidateOf(situation);
  return candidate === null || !isWorthTrying(situation, candidate) ? null : reduceAndConfirm(situation, candidate);
}

/**
 * Whether a confirmation is likely to succeed: the value is so far beyond the target that the bound would be, even if it was a lucky one. One that is closer
 * waits for a better one, for some trials after the first that was as close.
 */
function isWorthTrying(situation: Situation, candidate: Trial): boolean {
  const { plan, study, objective, budget, baseline } = situation;
  const noise = noiseOf(study, candidate);
  const values = [objectiveOf(candidate, objective), judgedValueOf(candidate, objective)].filter((value) => value !== null);
  if (candidate === baseline || plan.target === null || noise === null || values.length === 0) return true;
  const beyond = Math.abs(meanOf(values) - plan.target);
  const reach = (quantileT(FIRST_LEVEL, budget.seeds - 1) * noise) / Math.sqrt(budget.seeds);
  const first = situation.eligible.find((trial) => mayBeTried(situation, trial)) ?? candidate;
  const later = study.trials.filter(
    ({ purpose, number, state }) => purpose === 'search' && number > first.number && state !== 'running',
  );
  return beyond >= reach + (LUCK * noise) / Math.sqrt(values.length) || later.length >= PATIENCE;
}

/** Reduces a trial, then begins its confirmation. */
export function reduceAndConfirm(situation: Situation, candidate: Trial): Decision {
  const reduced = decideReduction(situation, candidate);
  if ('kind' in reduced) return reduced;
  const known = situation.study.attempts.some(({ trial }) => trial === reduced.number);
  return startRepeat(situation, known ? candidate : reduced, 'confirmation');
}

/** The next repeat of a confirmation, or the study's end where it succeeded; null where it failed. */
function continueAttempt(situation: Situation, { trial: number }: Attempt): Decision | null {
  const { plan, study, objective, budget } = situation;
  const trial = study.trials.find((one) => one.number === number);
  if (trial === undefined) return null;
  const repeats = trial.repetitions.filter(({ purpose }) => purpose === 'confirmation');
  const values = confirmingValues(study, trial);
  const running = repeats.filter(({ state }) => state === 'running').length;
  const failures = repeats.length - running - values.length;
  const misses = values.filter((value) => !reachesTarget(plan.target, objective.direction, value)).length;
  const looks = looksOf(budget.seeds);
  if (looks.includes(values.length) && running === 0) {
    const bounds = confirmationOf(study, number);
    const bound = objective.direction === 'minimize' ? bounds?.high : bounds?.low;
    if (bounds !== null && reachesTarget(plan.target, objective.direction, bound ?? null)) {
      return { kind: 'end', state: 'target-reached', reason: describeConfirmation(situation, trial, bounds) };
    }
    if (!isPromising(plan.target, objective.direction, values)) return null;
  }
  // So many misses hardly leave a bound beyond the target; a repeat that fails may have had bad luck once.
  if (failures > 1 || (values.length < budget.seeds && misses >= Math.max(2, Math.ceil(0.6 * budget.seeds)))) return null;
  if (spentShare(situation) >= 1 && running === 0) return null;
  const goal = looks.find((look) => look > values.length);
  if (goal === undefined) return null;
  if (values.length + running >= goal || spentShare(situation) >= 1) return { kind: 'wait' };
  return startRepeat(situation, trial, 'confirmation');
}

/** Whether more repeats may bring the bound beyond the target: their mean is well beyond it. */
function isPromising(target: number | null, direction: 'maximize' | 'minimize', values: readonly number[]): boolean {
  const mean = meanOf(values);
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
  return target !== null && reachesTarget(target, direction, mean) && Math.abs(mean - target) > 0.4 * spread;
}

/**
 * The best trial that reaches the target by the objective and by what the script reports. After a failed confirmation it must be another one, and better than
 * halfway between the lucky value and the mean that it turned out to have.
 */
function candidateOf(situation: Situation): Trial | null {
  const { eligible, objective } = situation;
  const worth = (trial: Trial | null): number => (trial === null ? NaN : (objectiveOf(trial, objective) ?? NaN));
  return eligible
    .filter((trial) => mayBeTried(situation, trial))
    .reduce<Trial | null>(
      (best, trial) => (best === null || isBetter(objective.direction, worth(trial), worth(best)) ? trial : best),
      null,
    );
}

function mayBeTried({ plan, study, eligible, objective }: Situation, trial: Trial): boolean {
  const { direction } = objective;
  const value = objectiveOf(trial, objective);
  if (value === null || !reachesTarget(plan.target, direction, value)) return false;
  if (!reachesTarget(plan.target, direction, judgedValueOf(trial, study.objective))) return false;
  if (study.attempts.some((attempt) => attempt.trial === trial.number)) return false;
  const hurdles = study.attempts.map((attempt) => hurdleOf(study, attempt, eligible, direction));
  return hurdles.every((hurdle) => hurdle === null || isBetter(direction, value, hurdle));
}

function hurdleOf(
  study: Situation['study'],
  { trial: number, startedAt }: Attempt,
  eligible: readonly Trial[],
  direction: 'maximize' | 'minimize',
): number | null {
  const trial = study.trials.find((one) => one.number === number);
  const before = eligible.filter(({ endedAt }) => endedAt !== null && endedAt <= startedAt);
  const lucky = before.reduce<number | null>((best, one) => {
    const value = objectiveOf(one, study.objective);
    return value !== null && (best === null || isBetter(direction, value, best)) ? value : best;
  }, null);
  const values = (trial?.repetitions ?? [])
    .filter(({ state }) => state === 'complete')
    .map((repeat) => objectiveOf(repeat, study.objective))
    .filter((value) => value !== null);
  return lucky === null || values.length === 0 ? lucky : (lucky + meanOf(values)) / 2;
}
