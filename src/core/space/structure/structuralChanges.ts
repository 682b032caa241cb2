import type { Assignment } from '../Assignment.ts';
import type { StructuralChange, StructuralEdit, StructureName } from '../SearchSpace.ts';

/** What goes first where several things are added at one place: a layer's normalisation stands before its dropout, that before the next layer. */
const ORDER: readonly StructureName[] = ['normalization', 'dropout', 'dense', 'blocks', 'scaler'];

/**
 * The changes that an assignment's counts ask for, in the order in which they stand where they meet. What would be added to a layer that
 * is removed is left out.
 */
export function structuralChanges(structure: readonly StructuralEdit[], assignment: Assignment): StructuralChange[] {
  const steps = structure
    .toSorted((a, b) => ORDER.indexOf(a.name) - ORDER.indexOf(b.name))
    .flatMap(({ id, value, more, fewer }) => {
      const count = assignment[id];
      if (typeof count !== 'number') return [];
      return count > value ? more.slice(0, count - value) : fewer.slice(0, value - count);
    });
  const removals = steps.flat().filter(({ pieces }) => pieces.length === 0);
  const isVoid = ({ path, cell, needs }: StructuralChange): boolean =>
    needs !== undefined &&
    removals.some((removal) => removal.path === path && removal.cell === cell && removal.start <= needs && needs < removal.end);
  return steps.filter((step) => !step.some(isVoid)).flat();
}
