import type { Dimension, Place } from '../SearchPlan.ts';
import { adviceFor } from './expertAdvice.ts';

/**
 * The dimensions that a search uses: none of which every line was watched and never ran, and of too many the most promising, the user's own ranges
 * first. In the order in which an expert would try them.
 */
export function promisingDimensions(
  dimensions: readonly Dimension[],
  unexecuted: readonly Place[],
  limit: number | null,
): readonly Dimension[] {
  const dead = new Set(unexecuted.map(({ path, line }) => `${path}:${line}`));
  const runs = ({ places }: Dimension): boolean =>
    places.length === 0 || places.some(({ path, line }) => !dead.has(`${path}:${line}`));
  return dimensions
    .filter(runs)
    .map((dimension) => ({ dimension, rank: (dimension.own ? 0 : 100) + adviceFor(dimension).priority }))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, limit ?? undefined)
    .map(({ dimension }) => dimension);
}
