import { budgetFor } from '../study/policy/budgetFor.ts';
import type { SearchPlan } from '../study/SearchPlan.ts';
import type { Study } from '../study/Study.ts';

/** Seconds that a study may still take by its budget; null before its baseline's time tells how much that is. */
export function timeLeft({ trials, activeMs, minutes }: Study, search: SearchPlan): number | null {
  const seconds = trials[0]?.seconds ?? null;
  if (seconds === null && search.budget.minutes === null) return null;
  return Math.max(0, budgetFor(search, seconds ?? 0, minutes).minutes * 60 - activeMs / 1000);
}
