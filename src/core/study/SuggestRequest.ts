import type { Direction } from '../scan/Script.ts';
import type { Assignment } from '../space/Assignment.ts';
import type { Dimension } from './SearchPlan.ts';

/** A trial as a suggester is told of it. */
export interface PastTrial {
  /** A value for every dimension that is asked about. */
  readonly assignment: Assignment;
  readonly state: 'complete' | 'pruned' | 'failed' | 'running';
  /** Null unless it is complete. */
  readonly value: number | null;
  /** The objective after each epoch, for a pruned trial's worth. */
  readonly intermediate: readonly { readonly step: number; readonly value: number }[];
}

export interface SuggestRequest {
  readonly strategy: 'tpe' | 'random';
  readonly dimensions: readonly Dimension[];
  readonly direction: Direction;
  /** The study's seed; with the trial's number it seeds the sampler, so that the same request has the same answer. */
  readonly seed: number;
  readonly trial: number;
  /** In the order of the trials' numbers. */
  readonly history: readonly PastTrial[];
}
