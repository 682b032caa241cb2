import type { SearchPlan } from '../SearchPlan.ts';
import { budgetFor } from './budgetFor.ts';

/** What a search may cost, once its baseline is known. */
export interface BudgetLine {
  /** From now on, at most. */
  readonly minutes: number;
  /** `A training takes 2.1 s: about 640 more fit into 30 minutes`. */
  readonly text: string;
}

/** What a search will cost, by the seconds of its baseline; null where somebody has to say. */
export function describeBudget(search: SearchPlan, seconds: number): BudgetLine | null {
  const { minutes, trials, about, asks } = budgetFor(search, seconds);
  if (asks) return null;
  const each = seconds < 100 ? `${Number(seconds.toPrecision(2))} s` : `${Math.round(seconds / 60)} min`;
  const capped = trials === null ? Infinity : (trials * seconds) / (60 * search.jobs);
  const most = Math.min(minutes, capped);
  const time = most < 1 ? 'a minute' : most < 120 ? `${Math.round(most)} minutes` : `${Number((most / 60).toPrecision(2))} hours`;
  const room =
    about === null ? '' : `: ${trials !== null && about >= trials ? 'at most' : 'about'} ${about} trials, in ${time} at most`;
  return { minutes: most, text: `A training takes ${each}${room}` };
}
