import type { Assignment, HyperparameterValue } from '../../space/Assignment.ts';
import type { Dimension } from '../SearchPlan.ts';
import { adviceFor } from './expertAdvice.ts';
import { onlyChanges, valueIn } from './assignmentKey.ts';
import { describeChange } from './describeChange.ts';
import { learningCurve, type LearningCurve } from './learningCurve.ts';
import { priorAssignments } from './priorKnowledge.ts';
import { resetRate } from './resetRate.ts';
import { isTaken, type Situation } from './Situation.ts';
import { stepValues } from './stepValues.ts';
import { widenLayers } from './widenLayers.ts';

export interface Proposal {
  readonly assignment: Assignment;
  /** Why this one, in a few words. */
  readonly origin: string;
}

interface Move extends Proposal {
  /** Lower is tried earlier. */
  readonly cost: number;
  readonly changed: readonly string[];
}

/** How much later each further step of the same hyperparameter comes than its first. */
const FURTHER = 14;
/** Learning rates. */
const RATES = new Set(['learning_rate', 'learning_rate_init', 'eta0', 'eta']);
/** When all layers are widened together: after the learning rate, before anything else of a model that does not overfit. */
const WIDER = 12;
/** How much earlier a regularizer is loosened where the model does worse on its training data than on others. */
const HELD_BACK = 5;

/**
 * What an expert would try next: one change to the best so far, the most promising first; of a network that is too small all layers are one. A value that
 * was tried once, in whatever company, is not proposed again. Null when nothing is left.
 */
export function proposeMove(situation: Situation): Proposal | null {
  const { incumbent, objective, dimensions } = situation;
  const curve = learningCurve(incumbent, objective);
  const tried = triedValues(situation);
  const moves = [...widerOf(situation, curve), ...dimensions.flatMap((dimension) => movesOf(situation, dimension, curve))]
    .filter(({ changed }) => !changed.some((key) => tried.has(key)))
    .sort((a, b) => a.cost - b.cost);
  return moves.find(({ assignment }) => !isTaken(situation.study, assignment)) ?? null;
}

function movesOf(situation: Situation, dimension: Dimension, curve: LearningCurve): readonly Move[] {
  const from = situation.incumbent.hyperparameters;
  const current = valueIn(from, dimension);
  return stepValues(dimension, current).map((value, index) => {
    const changes = { [dimension.id]: value, ...resetRate(situation.dimensions, dimension, value) };
    return {
      assignment: onlyChanges(situation.search.dimensions, { ...from, ...changes }),
      origin: describeChange(dimension, current, value),
      cost: costOf(dimension, current, value, index, curve),
      changed: [changedKey(dimension.id, value)],
    };
  });
}

/** A model that fits its training data no better than others has room to grow. */
function widerOf({ dimensions, incumbent, search }: Situation, { overfits }: LearningCurve): readonly Move[] {
  const changes = overfits === false ? widenLayers(dimensions, incumbent.hyperparameters) : null;
  if (changes === null) return [];
  const layers = dimensions.filter(({ id }) => id in changes);
  return [
    {
      assignment: onlyChanges(search.dimensions, { ...incumbent.hyperparameters, ...changes }),
      origin: layers.map((layer) => describeChange(layer, layer.value, changes[layer.id] ?? layer.value)).join(', '),
      cost: WIDER,
      changed: Object.entries(changes).map(([id, value]) => changedKey(id, value)),
    },
  ];
}

function costOf(
  dimension: Dimension,
  current: HyperparameterValue,
  value: HyperparameterValue,
  index: number,
  { climbs, overfits, isHeldBack }: LearningCurve,
): number {
  const { priority, againstOverfitting, prolongs } = adviceFor(dimension);
  const upward = typeof value === 'number' && typeof current === 'number' ? Math.sign(value - current) : 0;
  const wayOn = typeof dimension.value === 'number' && typeof current === 'number' ? Math.sign(current - dimension.value) : 0;
  let cost = priority + FURTHER * index;
  // What helped so far is gone on with at once; but a rate that is right to a factor of ten is not wrong by a hundred.
  if (wayOn !== 0 && wayOn === upward) cost += RATES.has(dimension.name) && isBold(current, value) ? FURTHER : -FURTHER;
  if (prolongs && dimension.name === 'epochs') cost += upward > 0 && climbs ? -40 : 60;
  if (againstOverfitting !== null && overfits !== null && upward !== 0) {
    const helps = (againstOverfitting === 'more') === overfits ? 1 : -1;
    cost += upward === helps ? -FURTHER : 2 * FURTHER;
    if (isHeldBack && againstOverfitting === 'more') cost -= HELD_BACK;
  }
  return cost;
}

function isBold(current: HyperparameterValue, value: HyperparameterValue): boolean {
  return typeof current === 'number' && typeof value === 'number' && Math.abs(Math.log10(value / current)) >= 0.9;
}

function triedValues({ study, search, objective }: Situation): ReadonlySet<string> {
  const own = Object.fromEntries(search.dimensions.map(({ id, value }) => [id, value]));
  const assignments: readonly Assignment[] = [
    own,
    ...study.trials.map(({ hyperparameters }) => hyperparameters),
    ...study.suggestions.map(({ assignment }) => assignment),
    ...priorAssignments({ search, objective }),
  ];
  return new Set(assignments.flatMap((assignment) => Object.entries(assignment).map(([id, value]) => changedKey(id, value))));
}

function changedKey(id: string, value: HyperparameterValue): string {
  return `${id}=${JSON.stringify(value)}`;
}
