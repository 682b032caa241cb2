import { isFollower, type LayerKind } from './layerKind.ts';
import type { LayerRow, RowItem } from './LayerRow.ts';

/** A layer with what belongs to it: the activation, normalisation and dropout that follow. */
export interface Unit {
  readonly item: RowItem;
  readonly followers: readonly RowItem[];
  /** Of its layer in the row. */
  readonly index: number;
  /** Of its last follower, or of itself. */
  readonly last: number;
}

/** The layers of some kinds in a row, each with its followers. */
export function unitsOf({ items }: LayerRow, kinds: readonly LayerKind[]): Unit[] {
  return items.flatMap((item, index) => {
    if (!kinds.includes(item.kind)) return [];
    let last = index;
    for (let next = items[last + 1]; next !== undefined && isFollower(next.kind); next = items[last + 1]) last++;
    return [{ item, followers: items.slice(index + 1, last + 1), index, last }];
  });
}

/** All items of a unit. */
export function itemsOf({ item, followers }: Unit): RowItem[] {
  return [item, ...followers];
}
