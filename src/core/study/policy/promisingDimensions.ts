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
  const dead = new Set(unexecuted.map(keyOf));
  const runs = ({ places }: Dimension): boolean => places.length === 0 || places.some((place) => !dead.has(keyOf(place)));
  return dimensions
    .filter(runs)
    .map((dimension) => ({ dimension, rank: (dimension.own ? 0 : 100) + adviceFor(dimension).priority }))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, limit ?? undefined)
    .map(({ dimension }) => dimension);
}

function keyOf({ path, line, cell }: Place): string {
  return JSON.stringify([path, cell ?? null, line]);
}
