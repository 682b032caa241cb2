import type { SourceRange } from '../python/SourceRange.ts';

/** What is wrong, as a stable word: settings name it. */
export type FindingCode = 'scored-on-training-data' | 'test-as-validation' | 'no-metric';

/** Something about a script that makes its number, or a search on it, worth less than it seems. Only what is certain. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: 'warning' | 'information';
  /** One sentence. */
  readonly message: string;
  /** Why it matters and what to do about it. */
  readonly explanation: string;
  readonly place: SourceRange;
  /** What it rests on. */
  readonly evidence: readonly { readonly place: SourceRange; readonly message: string }[];
}
