/** What computes a model apart from the process that trained it: TensorFlow.js here, or its own library in a fresh container or process. */
export type CheckRuntime = 'tfjs-node' | 'tfjs-wasm' | 'container' | 'process';

/** What a metric is by a trial's own answers, and by those that were computed anew from the model that it left. */
export interface ModelCheck {
  readonly study: string;
  readonly trial: number;
  readonly metric: string;
  /** Of the sample, by the answers that the trial's process gave. */
  readonly inside: number;
  /** Of the same rows, computed anew. */
  readonly outside: number;
  readonly difference: number;
  /** Rows of the sample. */
  readonly rows: number;
  /** Rows whose class came out otherwise; null for a regression. */
  readonly otherLabels: number | null;
  /** The largest difference between two answers. */
  readonly largest: number;
  readonly runtime: CheckRuntime;
}

/** Two computations of one model differ by the order of their sums: so much of a probability, or of a value's size. */
const TOLERANCE = 1e-4;

/** Whether a model computed anew is the one that was measured: the same classes, and the same metric but for rounding. */
export function isSame({ inside, outside, otherLabels }: ModelCheck): boolean {
  if (otherLabels !== null) return otherLabels === 0;
  return Math.abs(outside - inside) <= TOLERANCE * Math.max(1, Math.abs(inside));
}
