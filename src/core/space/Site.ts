import type { Ranged } from '../python/Ast.ts';
import type { Call, Value } from '../python/flow/Value.ts';
import type { Origin } from './Origin.ts';

/** A use of a value that matters to training: an argument of a layer, an optimizer, an estimator, a training call. */
export interface Site {
  /** Canonical. */
  readonly name: string;
  readonly value: Value;
  /** Where the value is written, for those that are no plain literal; found by following it where absent. */
  readonly origins?: readonly Origin[];
  /** Whose argument it is, the first part of its id: `layers.Dense`, `optimizer`, `fit`. */
  readonly owner: string;
  readonly call: Call;
  /** Why it may not change, as one sentence; null where it may. */
  readonly fixed: string | null;
  /** True where `fixed` holds only while nothing else uses the same value. */
  readonly weak?: boolean;
  /** Sites with one tie change together; each object is one tie. */
  readonly ties?: readonly object[];
  /** How many times the tied value stands here. */
  readonly times?: number;
  /** True where it only rules out: it makes no hyperparameter of a value by itself. */
  readonly follows?: boolean;
}

/** The key of a place in the source: equal for equal places. */
export function keyOf(node: Ranged): string {
  return `${node.source.path}:${node.source.cell ?? ''}:${node.start}:${node.end}`;
}
