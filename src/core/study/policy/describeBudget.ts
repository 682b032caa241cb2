import type { SearchPlan } from '../SearchPlan.ts';
import { budgetFor } from './budgetFor.ts';

/** What a search will cost, once its baseline is known: `2.1 s a training: about 640 trials fit into its 30 minutes`. */
export function describeBudget(search: SearchPlan, seconds: number): string {
  const { minutes, trials, about } = budgetFor(search, seconds);
  const time = minutes < 120 ? `${Number(minutes.toPrecision(2))} minutes` : `${Number((minutes / 60).toPrecision(2))} hours`;
  const each = seconds < 100 ? `${Number(seconds.toPrecision(2))} s` : `${Math.round(seconds / 60)} min`;
  const room = about === null ? '' : `: about ${about} trial${about === 1 ? ' fits' : 's fit'} into its ${time}`;
  const limit = trials === null ? '' : `, ${trials} at most`;
  return `A training takes ${each}${room}${limit}. It ends earlier where nothing gets better.`;
}
