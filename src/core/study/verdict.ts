import type { Study, Trial } from './Study.ts';
import type { StudyPlan } from './StudyPlan.ts';

/** Why a trial that still runs need not go on, in a sentence; null where it may. Asked after each epoch. */
export function verdict(plan: StudyPlan, _study: Study, { epochs }: Trial): string | null {
  if (plan.search === null) return null;
  const last = epochs.at(-1)?.metrics ?? {};
  const lost = Object.entries(last).find(([name, value]) => value === null && name.includes('loss'));
  return lost === undefined ? null : `Its ${lost[0].replace('val_', '')} is no finite number any more.`;
}
