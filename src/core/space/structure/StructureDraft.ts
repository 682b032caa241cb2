import type { Ranged } from '../../python/Ast.ts';
import { positionAt, type Source } from '../../python/Source.ts';
import type { StructuralChange, StructureName } from '../SearchSpace.ts';
import type { Growth } from '../shapes/limitShapes.ts';
import type { Pieces, RowItem } from './LayerRow.ts';

/** A structural edit before it has an id, and before shapes limit it. */
export interface StructureDraft {
  readonly name: StructureName;
  /** Where the first of what it counts stands. */
  readonly place: Ranged;
  readonly value: number;
  readonly more: readonly (readonly StructuralChange[])[];
  readonly fewer: readonly (readonly StructuralChange[])[];
  /** What `more` does to shapes, where it does something. */
  readonly growth?: Growth;
}

/** Writes pieces over a range of a source. */
export function changeAt(source: Source, start: number, end: number, pieces: Pieces): StructuralChange {
  const cell = source.cell === null ? {} : { cell: source.cell };
  return { path: source.path, ...positionAt(source, start), start, end, ...cell, pieces };
}

/** Puts layers after an item, as part of the layer of `owner` where that is given; null where nothing can be put there. */
export function insertAfter(item: RowItem, codes: readonly Pieces[], owner?: RowItem): StructuralChange | null {
  const { after, node, wrap } = item;
  if (after === null) return null;
  const change = changeAt(node.source, after, after, codes.flatMap(wrap));
  return owner === undefined ? change : { ...change, needs: owner.node.start };
}

/** Takes items away; null where one of them has to stay. */
export function removeItems(items: readonly RowItem[]): StructuralChange[] | null {
  const changes = items.map(({ removal, node }) => removal && changeAt(node.source, removal.start, removal.end, []));
  return changes.every((change) => change !== null) ? changes : null;
}

/** Steps up to the first that cannot be done. */
export function stepsUntilNull<Step>(steps: readonly (Step | null)[]): Step[] {
  const end = steps.indexOf(null);
  return steps.slice(0, end === -1 ? undefined : end).filter((step) => step !== null);
}
