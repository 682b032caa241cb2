import type { PriorTrials } from './PriorTrials.ts';
import type { Assignment, HyperparameterValue } from '../space/Assignment.ts';
import type { SearchRange } from '../space/SearchSpace.ts';

/** How the next assignment is found. */
export type Strategy = 'tpe' | 'random' | 'ladder' | 'candidates' | 'script';

/** What a change is about; each group can be left out of a search. */
export type DimensionGroup = 'training' | 'optimizer' | 'regularization' | 'architecture' | 'scaling';

/** One axis of the search: a hyperparameter, or a structural edit, of which the value is how many there are. */
export interface Dimension {
  /** As in the search space. */
  readonly id: string;
  /** Canonical: `learning_rate`. */
  readonly name: string;
  readonly group: DimensionGroup;
  /** The user's own value: the baseline's. */
  readonly value: HyperparameterValue;
  readonly range: SearchRange;
  /** True where the range is the user's own, from hone.yaml: the search goes over all of it, and nowhere else, though `value` may lie outside. */
  readonly own: boolean;
  /** Lines that its value stands on, where they are watched: one that never runs is no axis. */
  readonly places: readonly Place[];
}

/** A line of a file of the snapshot, or of a notebook's cell, as the baseline watches it. */
export interface Place {
  readonly path: string;
  readonly line: number;
  readonly cell?: number | undefined;
}

/** Upper limits of a trial that may be chosen, as factors of the baseline's. */
export interface MaxCost {
  readonly seconds: number | null;
  readonly parameters: number | null;
}

/** What a search may cost. Null leaves it to the baseline's time: `budgetFor`. */
export interface Budget {
  readonly trials: number | null;
  /** Wall time of the whole study, repeats included. */
  readonly minutes: number | null;
  /** Ends after so many trials in a row without a better one. */
  readonly patience: number | null;
}

/** How a study searches, decided when it starts; part of plan.json. */
export interface SearchPlan {
  readonly strategy: Strategy;
  readonly dimensions: readonly Dimension[];
  readonly budget: Budget;
  /** Fresh seeds of a confirmation; null leaves it to the baseline's time. */
  readonly confirmationSeeds: number | null;
  /** Of the strategy `candidates`, in order. */
  readonly candidates: readonly Assignment[];
  /** Of the strategy `script`: the tweak script, relative to the root. */
  readonly tweak: string | null;
  readonly maxCost: MaxCost;
  /** Trials side by side. */
  readonly jobs: number;
  /** Pauses once, where the baseline has missed the target and the search would begin. */
  readonly pausesAfterBaseline?: boolean;
  /** What an earlier study of the script tried, where this one goes on from it. */
  readonly prior?: PriorTrials | null;
}
