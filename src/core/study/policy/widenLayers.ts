import type { Assignment } from '../../space/Assignment.ts';
import type { Dimension } from '../SearchPlan.ts';
import { valueIn } from './assignmentKey.ts';
import { fitInto } from './stepValues.ts';

/** Sizes of a network's layers, by canonical name. */
const WIDTHS = new Set(['units', 'filters', 'out_channels', 'hidden']);
/** So few layers grow by four at once, more by two: what a layer costs grows as the square of that where the one before it grows, too. */
const FEW = 2;

/**
 * The changes that make all layers of a network wider together: one that is too small is too small in each of them, and a single layer shows less than the
 * noise of a training. Null where there is only one, or where one was changed already.
 */
export function widenLayers(dimensions: readonly Dimension[], from: Assignment): Assignment | null {
  const layers = dimensions.filter(({ name, value }) => WIDTHS.has(name) && typeof value === 'number');
  if (layers.length < 2 || layers.some((layer) => valueIn(from, layer) !== layer.value)) return null;
  const factor = layers.length <= FEW ? 4 : 2;
  const widened = layers.map((layer) => [layer.id, fitInto(layer, Number(layer.value) * factor)] as const);
  const wider = widened.filter(([, value], index) => value > Number(layers[index]?.value));
  return wider.length < 2 ? null : Object.fromEntries(wider);
}
