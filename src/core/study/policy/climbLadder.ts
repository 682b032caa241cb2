import type { HyperparameterValue } from '../../space/Assignment.ts';
import type { Dimension } from '../SearchPlan.ts';
import type { Trial } from '../Study.ts';
import { onlyChanges, valueIn } from './assignmentKey.ts';
import { describeChange } from './describeChange.ts';
import { isBetter, objectiveOf } from './objectiveOf.ts';
import type { Proposal } from './proposeMove.ts';
import { isTaken, type Situation } from './Situation.ts';
import { fitInto } from './stepValues.ts';

/** What is raised first: neurons. The others follow in the order of the search. */
const NEURONS = new Set(['units', 'hidden', 'filters', 'out_channels', 'hidden_layer_sizes']);
const FACTOR = 2;

/**
 * The strategy `ladder`: one thing is raised, neurons first, as long as the objective does not fall; then the next, from the best so far. Null when the
 * last thing is at its end.
 */
export function climbLadder(situation: Situation): Proposal | null {
  const { dimensions, search, study } = situation;
  const rungs = [...dimensions].sort((a, b) => Number(NEURONS.has(b.name)) - Number(NEURONS.has(a.name)));
  for (const dimension of rungs) {
    const from = lastHold(situation, dimension);
    const current = valueIn(from.hyperparameters, dimension);
    const value = raised(dimension, current);
    if (value === null) continue;
    const assignment = onlyChanges(search.dimensions, { ...from.hyperparameters, [dimension.id]: value });
    if (!isTaken(study, assignment)) return { assignment, origin: describeChange(dimension, current, value) };
  }
  return null;
}

/** The highest rung of a dimension that held: the best so far, or one above it that was no worse. */
function lastHold({ incumbent, eligible, objective }: Situation, dimension: Dimension): Trial {
  const best = objectiveOf(incumbent, objective) ?? NaN;
  const height = (trial: Trial): number => sizeOf(valueIn(trial.hyperparameters, dimension));
  return eligible
    .filter((trial) => !isBetter(objective.direction, best, objectiveOf(trial, objective) ?? NaN))
    .reduce((highest, trial) => (height(trial) > height(highest) ? trial : highest), incumbent);
}

function raised(dimension: Dimension, current: HyperparameterValue): HyperparameterValue | null {
  const { range } = dimension;
  if (range.kind === 'categorical') {
    const larger = range.choices.filter((choice) => sizeOf(choice) > sizeOf(current));
    return larger.length === 0 ? null : larger.reduce((least, choice) => (sizeOf(choice) < sizeOf(least) ? choice : least));
  }
  if (typeof current !== 'number') return null;
  const next =
    range.kind === 'int' && range.high - range.low <= 3 ? current + 1 : current === 0 ? range.high / 4 : current * FACTOR;
  const value = fitInto(dimension, next);
  return value > current ? value : null;
}

/** How much a value is: a number itself, of a list of layers' sizes all neurons; NaN where it is neither. */
function sizeOf(value: HyperparameterValue): number {
  if (typeof value === 'number') return value;
  return Array.isArray(value) ? value.reduce<number>((sum, item) => sum + (typeof item === 'number' ? item : NaN), 0) : NaN;
}
