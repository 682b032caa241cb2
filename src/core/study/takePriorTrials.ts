import type { HyperparameterValue } from '../space/Assignment.ts';
import type { SearchRange } from '../space/SearchSpace.ts';
import { valueIn } from './policy/assignmentKey.ts';
import { objectiveOf } from './policy/objectiveOf.ts';
import type { PriorTrial, PriorTrials } from './PriorTrials.ts';
import type { Dimension, SearchPlan } from './SearchPlan.ts';
import type { Study } from './Study.ts';

/** More of them would outweigh what the study itself finds. */
const MOST = 40;

/**
 * What a study may take from an earlier one of the same script: its complete trials, where it searched the same hyperparameters. A trial with a value
 * that is out of range by now is left out. Null where nothing can be taken.
 */
export function takePriorTrials(dimensions: readonly Dimension[], search: SearchPlan, study: Study): PriorTrials | null {
  const { objective, trials, id } = study;
  const earlier = new Map(search.dimensions.map((dimension) => [dimension.id, dimension]));
  const baseline = trials[0]?.state === 'complete' ? objectiveOf(trials[0], objective) : null;
  if (objective === null || baseline === null || dimensions.length === 0) return null;
  if (!dimensions.every(({ id: own }) => earlier.has(own))) return null;
  const taken = trials.flatMap((trial): readonly PriorTrial[] => {
    const value = trial.state === 'complete' && trial.files === null ? objectiveOf(trial, objective) : null;
    if (value === null) return [];
    const assignment = Object.fromEntries(
      dimensions.map((dimension) => [dimension.id, valueIn(trial.hyperparameters, earlier.get(dimension.id) ?? dimension)]),
    );
    return dimensions.every((dimension) => mayBe(dimension, earlier.get(dimension.id), assignment[dimension.id] ?? null))
      ? [{ assignment, value }]
      : [];
  });
  const { name, data, direction } = objective;
  return taken.length < 2 ? null : { study: id, objective: { name, data, direction }, baseline, trials: taken.slice(-MOST) };
}

/** A search widens its ranges: where the range is the same, so is what may become of it. */
function mayBe({ range }: Dimension, earlier: Dimension | undefined, value: HyperparameterValue): boolean {
  return JSON.stringify(range) === JSON.stringify(earlier?.range) || isWithin(range, value);
}

function isWithin(range: SearchRange, value: HyperparameterValue): boolean {
  if (range.kind === 'categorical') return range.choices.some((choice) => JSON.stringify(choice) === JSON.stringify(value));
  return typeof value === 'number' && value >= range.low && value <= range.high;
}
