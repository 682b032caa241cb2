import type { Expression } from '../../python/Ast.ts';
import type { Call } from '../../python/flow/Value.ts';
import type { Source } from '../../python/Source.ts';
import type { StructuralChange, TextRange } from '../SearchSpace.ts';
import type { LayerKind } from './layerKind.ts';

/** Text of a change: as it is, or copied from a range. */
export type Pieces = StructuralChange['pieces'];

/** A layer in a row of layers. */
export interface RowItem {
  /** The call that makes it. */
  readonly call: Call;
  /** What is written in its place: that call, or a name for a layer or a network made elsewhere, which then is `other`. */
  readonly node: Expression;
  readonly kind: LayerKind;
  /** Where a layer that is to follow it is put; null where none can. */
  readonly after: number | null;
  /** What goes with it; null where it has to stay. */
  readonly removal: TextRange | null;
  /** How a layer is written that follows it. */
  readonly wrap: (code: Pieces) => Pieces;
}

/** Layers that the source lists one after another, each fed by the one before: a list, `add` calls, or calls on tensors. */
export interface LayerRow {
  readonly source: Source;
  readonly items: readonly RowItem[];
  readonly framework: 'keras' | 'torch';
}
