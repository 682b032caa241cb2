import type { Decision } from '../Decision.ts';
import type { Study, Trial } from '../Study.ts';
import { scoreOf } from './chooseBest.ts';
import { isBetter } from './objectiveOf.ts';
import { spentShare, type Situation } from './Situation.ts';
import { startRepeat } from './startRepeat.ts';

/** Trials beside the baseline that are run again, at most. */
const CONTENDERS = 4;
const MOST_REPEATS = 3;

/**
 * Runs the top few and the baseline again on the same fresh seeds, a third as often as there were trials: the winner of a noisy search is partly luck. Null
 * when that is done, when time is over, or when no seed changes anything.
 */
export function decideRetest(situation: Situation): Decision | null {
  const { study, eligible, baseline } = situation;
  if (spentShare(situation) >= 1 || eligible.length < 2) return null;
  const affordable = Math.max(4, Math.ceil(study.trials.length / 3));
  const repeats = Math.min(MOST_REPEATS, Math.floor(affordable / 2));
  const chosen = [...topOf(situation, Math.min(CONTENDERS, Math.floor(affordable / repeats) - 1)), baseline];
  for (let round = 1; round <= repeats; round++) {
    const missing = chosen.find((trial) => retestsOf(trial).length < round);
    if (missing !== undefined) return startRepeat(situation, missing, 'retest');
    if (chosen.some((trial) => retestsOf(trial).some(({ state }) => state === 'running'))) return { kind: 'wait' };
    if (round === 1 && chosen.every(isRepeatable)) return null;
  }
  return null;
}

/** Whether anything was run again only to compare it. */
export function wasRetested({ trials }: Study): boolean {
  return trials.some((trial) => retestsOf(trial).length > 0);
}

function retestsOf(trial: Trial): Trial['repetitions'] {
  return trial.repetitions.filter(({ purpose }) => purpose === 'retest');
}

function isRepeatable(trial: Trial): boolean {
  return retestsOf(trial).every(({ value }) => value === trial.value);
}

/** The best trials but the baseline. Those that are being re-tested stay, whatever their repeats say. */
function topOf({ study, eligible, baseline, objective }: Situation, count: number): readonly Trial[] {
  const others = eligible.filter((trial) => trial !== baseline);
  const begun = others.filter((trial) => retestsOf(trial).length > 0);
  const fresh = others
    .filter((trial) => !begun.includes(trial))
    .sort((a, b) => {
      const [left, right] = [scoreOf(study, a) ?? NaN, scoreOf(study, b) ?? NaN];
      return left === right ? a.number - b.number : isBetter(objective.direction, left, right) ? -1 : 1;
    });
  return [...begun, ...fresh].slice(0, count).sort((a, b) => a.number - b.number);
}
