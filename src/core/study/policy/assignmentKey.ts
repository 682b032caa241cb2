import type { Assignment, HyperparameterValue } from '../../space/Assignment.ts';
import type { SearchRange } from '../../space/SearchSpace.ts';
import { isWithin } from '../isWithin.ts';
import type { Dimension } from '../SearchPlan.ts';

/** The same text for the same assignment, whatever order its values were given in. */
export function assignmentKey(assignment: Assignment): string {
  return JSON.stringify(Object.entries(assignment).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * An assignment without values that are the script's own anyway. A value that lies outside the range that the developer gave it is changed in all trials but
 * the baseline, at least to the nearest that is within.
 */
export function onlyChanges(dimensions: readonly Dimension[], assignment: Assignment): Assignment {
  const own = new Map(dimensions.map(({ id, value }) => [id, JSON.stringify(value)]));
  const changed = Object.entries(assignment).filter(([id, value]) => own.get(id) !== JSON.stringify(value));
  const outside = dimensions.filter(({ own: isOwn, range, value }) => isOwn && !isWithin(range, value));
  return {
    ...Object.fromEntries(outside.map(({ id, range, value }) => [id, nearest(range, value)])),
    ...Object.fromEntries(changed),
  };
}

function nearest(range: SearchRange, value: HyperparameterValue): HyperparameterValue {
  if (range.kind === 'categorical') return range.choices[0] ?? value;
  return typeof value === 'number' ? Math.min(range.high, Math.max(range.low, value)) : range.low;
}

/** A dimension's value in an assignment that holds only changes. */
export function valueIn(assignment: Assignment, { id, value }: Dimension): HyperparameterValue {
  const changed = assignment[id];
  return changed === undefined ? value : changed;
}
