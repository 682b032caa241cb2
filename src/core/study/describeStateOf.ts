import type { Study, StudyState } from './Study.ts';

const CLAUSES: Readonly<Record<StudyState, string>> = {
  running: 'it is running',
  paused: 'it is paused',
  complete: 'it is complete',
  'target-reached': 'its target was reached',
  'target-missed': 'its target was missed',
  failed: 'it failed',
  cancelled: 'it was cancelled',
};

/** A study's state as a clause of a sentence: `its target was missed`. */
export function describeStateOf({ state }: Pick<Study, 'state'>): string {
  return CLAUSES[state];
}
