import type { Metric } from '../scan/Script.ts';
import type { Assignment } from '../space/Assignment.ts';

/** One trial of an earlier study. */
export interface PriorTrial {
  /** A value for every dimension of the study that it is given to. */
  readonly assignment: Assignment;
  /** Of the objective. */
  readonly value: number;
}

/** What an earlier study of the same script tried, for a study that need not begin anew. None of it counts as a result of that study. */
export interface PriorTrials {
  /** The earlier study's id. */
  readonly study: string;
  readonly objective: Pick<Metric, 'name' | 'data' | 'direction'>;
  /** The objective at the values that its script had. */
  readonly baseline: number;
  /** In the order of their numbers. */
  readonly trials: readonly PriorTrial[];
}
