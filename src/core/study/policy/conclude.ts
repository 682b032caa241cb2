import type { Decision } from '../Decision.ts';
import type { Study, Trial } from '../Study.ts';
import { chooseBest, scoreOf } from './chooseBest.ts';
import { confirmationOf, confirmingValues, meanOf } from './confirmationOf.ts';
import { describeSelection, written } from './describeConfirmation.ts';
import { judgedValueOf, objectiveOf } from './objectiveOf.ts';
import { reachesTarget } from './decideReduction.ts';
import type { Situation } from './Situation.ts';

/** The end of a study without a confirmed target: what its best is, how sure that is, and why nothing more was tried. */
export function conclude(situation: Situation, why: string): Decision {
  const { plan, study, baseline } = situation;
  const best = study.trials.find(({ number }) => number === chooseBest(study)) ?? baseline;
  const state = plan.target === null ? 'complete' : 'target-missed';
  const sentences = [
    `The search ended: ${why}.`,
    standingOf(situation, best),
    gainOf(situation, best),
    describeSelection(situation, best),
  ];
  return { kind: 'end', state, reason: sentences.filter((sentence) => sentence !== null).join(' ') };
}

/** The best value against the target, and what is known of it beyond one run. */
function standingOf({ plan, study, objective, budget }: Situation, best: Trial): string | null {
  const value = judgedValueOf(best, study.objective);
  if (plan.target === null || value === null) return null;
  const name = study.metric?.name ?? objective.name;
  const target = `the target is ${written(plan.target)}`;
  if (!reachesTarget(plan.target, objective.direction, value)) return `${name} is ${written(value)} at best, ${target}.`;
  const values = confirmingValues(study, best);
  const bounds = values.length < budget.seeds ? null : confirmationOf(study, best.number);
  if (values.length === 0) return `${name} was ${written(value)} once, not confirmed; ${target}.`;
  const seeds = values.length === 1 ? 'another seed' : `average of ${values.length} fresh seeds`;
  const told = `${name} was ${written(value)} once, but ${written(meanOf(values))} on ${seeds}`;
  if (bounds === null) return `${told}; ${target}.`;
  const bound = objective.direction === 'minimize' ? `at most ${written(bounds.high)}` : `at least ${written(bounds.low)}`;
  return `${told}, ${bound}; ${target}.`;
}

/** What the best gained over the user's own values, and whether seeds alone could have done it. */
function gainOf({ study, baseline }: Situation, best: Trial): string | null {
  if (best === baseline) return "Nothing was better than the script's own values.";
  const from = scoreOf(study, baseline);
  const to = scoreOf(study, best);
  if (from === null || to === null) return null;
  const gain = written(Math.abs(to - from));
  const noise = noiseOfDifference(study, [baseline, best]);
  if (noise === null) return `The gain over the script's own values is ${gain}, on one run.`;
  return Math.abs(to - from) < noise
    ? `The gain of ${gain} over the script's own values is within the noise of seeds (± ${written(noise)}).`
    : `The gain over the script's own values is ${gain} (± ${written(noise)}).`;
}

/** Twice the standard error of the difference of two trials' means over repeats; null where one was not repeated twice. */
function noiseOfDifference(study: Study, trials: readonly Trial[]): number | null {
  let variance = 0;
  for (const { repetitions } of trials) {
    const values = repetitions
      .filter(({ state }) => state === 'complete')
      .map((repeat) => objectiveOf(repeat, study.objective))
      .filter((value) => value !== null);
    if (values.length < 2) return null;
    const mean = meanOf(values);
    variance += values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1) / values.length;
  }
  return 2 * Math.sqrt(variance);
}
