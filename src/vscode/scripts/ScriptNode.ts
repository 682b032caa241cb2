import type { Evidence, Script } from '../../core/scan/Script.ts';
import type { FixedValue, Hyperparameter, StructuralEdit } from '../../core/space/SearchSpace.ts';
import type { SpaceGroup } from '../code/groupSpace.ts';

/** A node of the Scripts tree. `key` is the same for the same thing in every drawing of the tree. */
export type ScriptNode = ScriptNodeContent & { readonly key: string; readonly parent: ScriptNode | null };

interface InScript {
  readonly folder: string;
  readonly script: Script;
}

export type ScriptNodeContent =
  | { readonly kind: 'folder'; readonly folder: string }
  | ({ readonly kind: 'script' } & InScript)
  /** Values of a layer, an estimator, the optimizer or the training. */
  | ({ readonly kind: 'group'; readonly group: SpaceGroup } & InScript)
  | ({ readonly kind: 'value'; readonly hyperparameter: Hyperparameter } & InScript)
  | ({ readonly kind: 'structures'; readonly structures: readonly StructuralEdit[] } & InScript)
  | ({ readonly kind: 'structure'; readonly structure: StructuralEdit } & InScript)
  | ({ readonly kind: 'fixed'; readonly values: readonly FixedValue[] } & InScript)
  | ({ readonly kind: 'fixedValue'; readonly value: FixedValue } & InScript)
  /** The lines that say that it trains. */
  | ({ readonly kind: 'reasons' } & InScript)
  | ({ readonly kind: 'evidence'; readonly evidence: Evidence } & InScript)
  /** Something to know in place of values, or above them. */
  | ({ readonly kind: 'note'; readonly text: string; readonly isProblem: boolean } & InScript)
  /** Opens the next page of what `page` is the key of. */
  | { readonly kind: 'more'; readonly page: string; readonly left: number };
