import type { SourceRange } from '../python/SourceRange.ts';
import type { HyperparameterValue } from './Assignment.ts';

/** A place where a hyperparameter's value is written. */
export interface Edit extends SourceRange {
  /** What to write for a value, where that is code and no literal: `optim.Adam` for `adam`. */
  readonly texts?: Readonly<Record<string, string>>;
  /** How many times the value stands here: a layer's inputs after flattening. 1 where absent. */
  readonly times?: number;
}

/** Where to search; it always holds the user's own value. */
export type SearchRange =
  | { readonly kind: 'int' | 'float'; readonly low: number; readonly high: number; readonly log: boolean }
  | { readonly kind: 'categorical'; readonly choices: readonly HyperparameterValue[] };

/** A tunable value; its own place is that of its first edit. */
export interface Hyperparameter extends SourceRange {
  /** Survives edits elsewhere in the file: `layers.Dense[1].units`. */
  readonly id: string;
  readonly name: string;
  readonly value: HyperparameterValue;
  /** The name that the literal is bound to. */
  readonly variable?: string;
  readonly edits: readonly Edit[];
  readonly range: SearchRange;
  /** The key of hone.yaml's `space` that its range is from. */
  readonly setting?: string;
}

/** A value that looks tunable and is not. */
export interface FixedValue extends SourceRange {
  readonly name: string;
  readonly value: HyperparameterValue;
  /** One sentence. */
  readonly reason: string;
  /** The id that it has as a hyperparameter, where hone.yaml alone fixes it, and the key of `space` that does. */
  readonly id?: string;
  readonly setting?: string;
}

/** A part of a text, from `start` up to `end`. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** What a structural edit writes over a place; a piece that is a range is copied from the same text, with the assignment's values in it. */
export interface StructuralChange extends SourceRange {
  readonly pieces: readonly (string | TextRange)[];
  /** True where several edits may ask for it, and it is written once: an import. */
  readonly once?: true;
  /** Where the layer begins that this belongs to: where that is removed, the whole step is void. */
  readonly needs?: number;
}

/** What a structural edit counts. */
export type StructureName = 'dense' | 'blocks' | 'dropout' | 'normalization' | 'scaler';

/**
 * Layers, blocks or a scaler that can be added or removed. In an assignment its id stands for how many there are to be, a whole number
 * from `min` to `max`. A layer that is removed takes its hyperparameters with it.
 */
export interface StructuralEdit {
  readonly id: string;
  readonly name: StructureName;
  /** What is counted, for people: `hidden layers`. */
  readonly label: string;
  readonly path: string;
  readonly line: number;
  /** Counts from 0 over all cells of a notebook. */
  readonly cell?: number;
  /** How many the user has. */
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** The key of hone.yaml's `space` that its bounds are from. */
  readonly setting?: string;
  /** What each further one writes, in order. */
  readonly more: readonly (readonly StructuralChange[])[];
  /** What each one fewer writes, in order. */
  readonly fewer: readonly (readonly StructuralChange[])[];
}

/** A literal that seeds chance: other values of it make other runs of the same script. */
export interface Seed extends SourceRange {
  readonly kind: 'split' | 'fold' | 'model' | 'framework';
}

/** All that can be tuned in a script, and what cannot. */
export interface SearchSpace {
  readonly version: 1;
  readonly script: string;
  readonly hyperparameters: readonly Hyperparameter[];
  readonly fixed: readonly FixedValue[];
  readonly structure: readonly StructuralEdit[];
  /** Never those that data is made with. */
  readonly seeds: readonly Seed[];
}
