import type { Study } from '../study/Study.ts';
import { formatSeconds } from './formatMetric.ts';

/** What a study waits to be told, in a sentence with what it proposes; null where it waits for nothing. */
export function describeQuestion({ asksMinutes, trials }: Study): string | null {
  const seconds = trials[0]?.seconds ?? null;
  if (asksMinutes === null || seconds === null) return null;
  const proposed = `${formatSeconds(asksMinutes * 60)} would be enough for about ten more`;
  return `A training takes ${formatSeconds(seconds)}, so the search waits until someone says how long it may take: ${proposed}.`;
}
