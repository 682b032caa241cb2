import type { EvaluationSample } from './EvaluationSample.ts';

/** A sample of what a trial's model was measured on, read and checked. Arrays are flat, rows first, in C order. */
export interface Evaluation {
  readonly sample: EvaluationSample;
  readonly inputs: Float32Array;
  /** `sample.outputs.shape[1]` numbers a row. */
  readonly outputs: Float32Array;
  /** Numbers of classes, or values; one a row. */
  readonly truth: readonly number[];
}
