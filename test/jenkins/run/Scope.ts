import type { Build } from './Build.ts';

/** What a step sees: its build, its folder, its variables and what must not show in the log. */
export interface Scope {
  readonly build: Build;
  /** Absolute path of the workspace. */
  readonly workspace: string;
  /** Absolute path of the folder that steps work in. */
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  /** Aborted with the build, and by a timeout around the step. */
  readonly signal: AbortSignal;
  /** Variables of script blocks. */
  readonly locals: Map<string, unknown>;
}

/** What Groovy calls that is no step: `lastCompleted()`, `string(name: 'A', value: 'b')`. */
export interface Described {
  readonly described: string;
  readonly named: Readonly<Record<string, unknown>>;
  readonly positional: readonly unknown[];
}
