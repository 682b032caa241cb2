import type { Ranged } from '../python/Ast.ts';
import type { HyperparameterValue } from './Assignment.ts';

/** Where a value is written down. */
export interface Origin {
  readonly node: Ranged;
  readonly value: HyperparameterValue;
  /** What to write for a value, where that is code and no literal. */
  readonly texts?: Readonly<Record<string, string>>;
  /** The option of the command line that gives it. */
  readonly option?: string;
}
