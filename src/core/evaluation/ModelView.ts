/** What one row of the inputs is to a person. Numbers of an image are shown between `low` and `high`, rows first, channels last. */
export type InputForm =
  | {
      readonly kind: 'image';
      readonly width: number;
      readonly height: number;
      readonly channels: number;
      readonly low: number;
      readonly high: number;
    }
  | { readonly kind: 'row'; readonly names: readonly string[] }
  /** Too much, or of more dimensions than a person reads. */
  | { readonly kind: 'other' };

/** A row that the model got wrong, or the most wrong. */
export interface Mistake {
  /** Of the sample, counts from 0. */
  readonly row: number;
  readonly truth: string;
  readonly answer: string;
  /** Probability of the wrong answer; null where the model tells none. */
  readonly sure: number | null;
  readonly input: readonly number[];
}

export interface ClassView {
  readonly name: string;
  /** Of those that were called so, the share that is so; null where none was. */
  readonly precision: number | null;
  /** Of those that are so, the share that was called so; null where none is. */
  readonly recall: number | null;
  readonly rows: number;
}

/** What a person sees of a model by a sample of what it was measured on. */
export interface ModelView {
  readonly study: string;
  readonly trial: number;
  /** `accuracy 97.2 % of 450 rows of test data`. */
  readonly headline: string;
  readonly task: 'classification' | 'regression';
  readonly classes: readonly string[];
  /** Rows by truth, then by answer; null for a regression, and for more classes than a table can show. */
  readonly matrix: readonly (readonly number[])[] | null;
  /** The pairs of classes that are taken for one another most often. */
  readonly confusions: readonly { readonly truth: string; readonly answer: string; readonly rows: number }[];
  readonly perClass: readonly ClassView[];
  /** The most confidently wrong first. */
  readonly mistakes: readonly Mistake[];
  /** How many rows are wrong; null for a regression. */
  readonly wrong: number | null;
  /** Truth and answer of a regression's rows. */
  readonly residuals: readonly (readonly [number, number])[];
  readonly form: InputForm;
  /** A row to begin a try with. */
  readonly example: readonly number[];
  /** Why inputs cannot be tried; null where they can. */
  readonly untried: string | null;
}
