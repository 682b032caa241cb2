import type { CheckRuntime } from '../../core/evaluation/ModelCheck.ts';

/** What is asked of the process that computes a model, one at a time and in order. */
export type ToPredictor =
  | { readonly type: 'load'; readonly folder: string }
  | { readonly type: 'predict'; readonly inputs: Float32Array; readonly shape: readonly number[] };

export type FromPredictor =
  | { readonly type: 'loaded'; readonly runtime: CheckRuntime }
  | { readonly type: 'predicted'; readonly values: Float32Array; readonly width: number }
  /** One sentence. */
  | { readonly type: 'failed'; readonly reason: string };
