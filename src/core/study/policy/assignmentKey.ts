import type { Assignment, HyperparameterValue } from '../../space/Assignment.ts';
import type { Dimension } from '../SearchPlan.ts';

/** The same text for the same assignment, whatever order its values were given in. */
export function assignmentKey(assignment: Assignment): string {
  return JSON.stringify(Object.entries(assignment).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** An assignment without values that are the user's own anyway. */
export function onlyChanges(dimensions: readonly Dimension[], assignment: Assignment): Assignment {
  const own = new Map(dimensions.map(({ id, value }) => [id, JSON.stringify(value)]));
  return Object.fromEntries(Object.entries(assignment).filter(([id, value]) => own.get(id) !== JSON.stringify(value)));
}

/** A dimension's value in an assignment that holds only changes. */
export function valueIn(assignment: Assignment, { id, value }: Dimension): HyperparameterValue {
  const changed = assignment[id];
  return changed === undefined ? value : changed;
}
