import type { Decision } from '../Decision.ts';
import type { PastTrial } from '../SuggestRequest.ts';
import type { Trial } from '../Study.ts';
import { valueIn } from './assignmentKey.ts';
import { meanOf } from './confirmationOf.ts';
import { objectiveOf } from './objectiveOf.ts';
import { intermediateValues } from './intermediateValues.ts';
import { priorHistory } from './priorKnowledge.ts';
import { searchedDimensions, type Situation } from './Situation.ts';

/** The origin of a point that was drawn at random because that was asked for. */
export const RANDOM_ORIGIN = 'at random';
/** The origin of a point that a model of all trials suggested. */
export const TPE_ORIGIN = 'suggested from all trials (TPE)';

/** Asks the suggester, with all that was tried; what it is not asked about stays as it is in the best so far. */
export function suggestRequest(situation: Situation, strategy: 'tpe' | 'random', trial: number): Decision {
  const { plan, study, objective, incumbent, eligible } = situation;
  const dimensions = searchedDimensions(situation);
  const chosen = new Set(eligible.map(({ number }) => number));
  const asked = new Set(dimensions.map(({ id }) => id));
  const past = (one: Trial): PastTrial => {
    const value = chosen.has(one.number) ? meanObjective(situation, one) : null;
    const state = one.state === 'complete' && value === null ? 'failed' : one.state;
    return {
      assignment: Object.fromEntries(dimensions.map((dimension) => [dimension.id, valueIn(one.hyperparameters, dimension)])),
      state: state === 'cancelled' ? 'failed' : state,
      value,
      intermediate: intermediateValues(one, objective),
    };
  };
  const waiting = study.suggestions.map(({ assignment }) => ({
    assignment: Object.fromEntries(dimensions.map((dimension) => [dimension.id, valueIn(assignment, dimension)])),
    state: 'running' as const,
    value: null,
    intermediate: [],
  }));
  const trials = [...study.trials].sort((a, b) => a.number - b.number);
  return {
    kind: 'suggest',
    trial,
    request: {
      strategy,
      dimensions,
      direction: objective.direction,
      seed: plan.seed,
      trial,
      history: [...priorHistory(situation), ...trials.map(past), ...waiting],
    },
    base: Object.fromEntries(Object.entries(incumbent.hyperparameters).filter(([id]) => !asked.has(id))),
    origin: strategy === 'tpe' ? TPE_ORIGIN : RANDOM_ORIGIN,
  };
}

/** The mean of a trial and its repeats: a lucky value weighs less, once it was repeated. */
function meanObjective({ objective }: Situation, trial: Trial): number | null {
  const repeats = trial.repetitions.filter(({ state }) => state === 'complete');
  const values = [trial, ...repeats].map((run) => objectiveOf(run, objective)).filter((value) => value !== null);
  return values.length === 0 ? null : meanOf(values);
}
