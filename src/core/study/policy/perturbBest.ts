import type { HyperparameterValue } from '../../space/Assignment.ts';
import type { Dimension } from '../SearchPlan.ts';
import { onlyChanges, valueIn } from './assignmentKey.ts';
import { isTaken, searchedDimensions, type Situation } from './Situation.ts';
import type { Proposal } from './proposeMove.ts';
import { seededRandom } from './seededRandom.ts';
import { fitInto } from './stepValues.ts';

/** How far a change goes, as a standard deviation, of the range's width. */
const REACH = 0.2;

/** One or two changes at random to the best so far; null where everything around it was tried. The same for the same study and trial. */
export function perturbBest(situation: Situation, trial: number): Proposal | null {
  const { plan, search, incumbent, study } = situation;
  const dimensions = searchedDimensions(situation);
  const random = seededRandom(plan.seed, trial);
  if (dimensions.length === 0) return null;
  for (let attempt = 0; attempt < 50; attempt++) {
    const assignment = { ...incumbent.hyperparameters };
    for (let change = random() < 0.6 ? 1 : 2; change > 0; change--) {
      const dimension = dimensions[Math.floor(random() * dimensions.length)];
      if (dimension !== undefined) assignment[dimension.id] = otherValue(dimension, valueIn(assignment, dimension), random);
    }
    const changed = onlyChanges(search.dimensions, assignment);
    if (!isTaken(study, changed)) return { assignment: changed, origin: `near trial ${incumbent.number}` };
  }
  return null;
}

function otherValue(dimension: Dimension, current: HyperparameterValue, random: () => number): HyperparameterValue {
  const { range } = dimension;
  if (range.kind === 'categorical') {
    const others = range.choices.filter((choice) => JSON.stringify(choice) !== JSON.stringify(current));
    return others[Math.floor(random() * others.length)] ?? current;
  }
  if (typeof current !== 'number') return current;
  const { low, high, kind } = range;
  const log = range.log && current > 0;
  const [from, to, at] = log ? [Math.log(low), Math.log(high), Math.log(current)] : [low, high, current];
  const moved = at + normal(random) * REACH * (to - from);
  const value = fitInto(dimension, log ? Math.exp(moved) : moved);
  return kind === 'int' && value === current ? fitInto(dimension, current + (random() < 0.5 ? -1 : 1)) : value;
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
