import type { HyperparameterValue } from '../../space/Assignment.ts';
import { numberRule } from '../../space/rangeTable.ts';
import type { Dimension } from '../SearchPlan.ts';

/** Whole numbers that may grow without a shape or a meaning in their way. */
const OPEN_COUNTS = new Set([
  'units',
  'filters',
  'hidden',
  'out_channels',
  'n_estimators',
  'num_boost_round',
  'iterations',
  'max_iter',
]);
/** So near to an end of its range, as a share of it in logarithms, a value stands at the end. */
const NEAR = 0.05;

/**
 * The dimension with a range that goes on where the best value so far stands at one of its ends: what was guessed around the user's value
 * does not bound what is found. By the same factor again, within what the library allows; the user's own ranges stay.
 */
export function widenRange(dimension: Dimension, best: HyperparameterValue): Dimension {
  const { name, range, value, own } = dimension;
  if (own || range.kind === 'categorical' || !range.log || typeof best !== 'number' || typeof value !== 'number' || best <= 0) {
    return dimension;
  }
  if (range.kind === 'int' && !OPEN_COUNTS.has(name)) return dimension;
  const { low, high, kind } = range;
  const width = Math.log(high / low);
  const { factor, least, most } = numberRule(name, value);
  if (!Number.isFinite(factor) || width <= 0) return dimension;
  const round = (bound: number): number => (kind === 'int' ? Math.round(bound) : Number(bound.toPrecision(6)));
  // A size is widened once: each factor makes the model dearer, and seldom better.
  const top = kind === 'int' ? Math.min(most, value * factor ** 2) : most;
  const up = Math.log(high / best) <= NEAR * width ? Math.max(high, Math.min(top, round(best * factor))) : high;
  const down = Math.log(best / low) <= NEAR * width ? Math.min(low, Math.max(least, round(best / factor))) : low;
  return up === high && down === low ? dimension : { ...dimension, range: { ...range, low: down, high: up } };
}
