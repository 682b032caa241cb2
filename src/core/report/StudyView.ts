/** A label and what stands beside it. */
export interface FactView {
  readonly label: string;
  readonly text: string;
}

/** A trial as a table shows it. */
export interface TrialView {
  /** 0 is the baseline. */
  readonly number: number;
  readonly state: string;
  readonly value: number | null;
  /** The value for a person; the state where there is none. */
  readonly text: string;
  readonly seconds: number | null;
  readonly time: string;
  readonly repeats: number;
  /** What it has of each of the view's columns; a number where it can be sorted as one. */
  readonly settings: readonly (number | string)[];
  /** Why it was tried, or why it failed. */
  readonly why: string;
}

/** Which hyperparameters made a difference, as far as the trials tell. */
export interface ImportanceView {
  /** What each explains of the differences between trials' values, 0 to 1, beyond those before it; those of which chance could do as much are left out. */
  readonly shares: readonly { readonly label: string; readonly share: number; readonly text: string }[];
  /** What the shares are of, and what nothing can be told of. */
  readonly note: string;
}

/** A study as a panel and a report show it. Everything in it is text or a number, so that it can be sent as it is. */
export interface StudyView {
  readonly study: string;
  readonly name: string | null;
  readonly script: string;
  readonly state: string;
  /** What it does, or how it ended, in a few words. */
  readonly status: string;
  /** What is measured, for a person: `accuracy on test data`; empty while it is unknown. */
  readonly metric: string;
  /** True where values are shares that people speak of in percent. */
  readonly percent: boolean;
  /** True where less is better. */
  readonly minimize: boolean;
  readonly target: number | null;
  readonly baseline: number | null;
  /** Number of the best trial. */
  readonly best: number | null;
  readonly headline: string;
  readonly facts: readonly FactView[];
  readonly notes: readonly string[];
  /** Ids of the hyperparameters that any trial changed. */
  readonly columns: readonly string[];
  readonly trials: readonly TrialView[];
  /** Null before there are enough trials to tell. */
  readonly importance: ImportanceView | null;
}
