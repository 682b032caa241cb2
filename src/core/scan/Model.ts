import type { Family, Framework, Task } from './Script.ts';

/** What a value of the script trains, as far as its making tells. */
export interface Model {
  /** Canonical path of what made it: `sklearn.svm.SVC`. */
  readonly path: string;
  readonly framework: Framework;
  /** Null where its layers decide. */
  readonly family: Family | null;
  /** Null where its loss decides. */
  readonly task: Task | null;
}

/** What a receiver of `fit` is: models, a preprocessor, plain data, or something that reading cannot tell. */
export type Receiver =
  | { readonly kind: 'data' }
  | { readonly kind: 'models'; readonly models: readonly Model[] }
  | { readonly kind: 'preprocessor' }
  | { readonly kind: 'unknown' };
