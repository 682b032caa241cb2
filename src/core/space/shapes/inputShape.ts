import { argumentOf, type Call, type Value } from '../../python/flow/Value.ts';
import type { Origins } from '../Origins.ts';
import { dataShape } from './dataShape.ts';
import type { Shape } from './Shape.ts';

/** The shape that a layer or an input says comes in; null where it says none. `channelsFirst` shapes are turned round. */
export function inputShape(call: Call, origins: Origins, channelsFirst: boolean): Shape | null {
  const input = /^Input(?:Layer)?$/u.test(call.name);
  const shape = argumentOf(call, 'input_shape') ?? (input ? argumentOf(call, 'shape', 0) : null);
  if (shape !== null) return turned(readShape(shape.value, origins), channelsFirst);
  const batched = argumentOf(call, 'batch_input_shape') ?? argumentOf(call, 'batch_shape');
  if (batched !== null) return turned(readShape(batched.value, origins)?.slice(1) ?? null, channelsFirst);
  const size = argumentOf(call, 'input_dim');
  if (size === null) return null;
  const length = argumentOf(call, 'input_length');
  const last = numberOf(size.value, origins);
  if (call.name === 'Embedding') return length === null ? null : [numberOf(length.value, origins)];
  return length === null ? [last] : [numberOf(length.value, origins), last];
}

function readShape(value: Value, origins: Origins): Shape | null {
  if (value.kind === 'sequence' && !value.open) return value.items.map((item) => numberOf(item, origins));
  if (value.kind === 'choice') return channelsLast(value.options.map((option) => readShape(option, origins)));
  // `x.shape[1:]`, which is all but how many there are.
  if (value.kind === 'item' && value.index === null && isShape(value.of))
    return dataShape(value.of.object, origins)?.slice(1) ?? null;
  const size = numberOf(value, origins);
  return size === null ? null : [size];
}

function isShape(value: Value): value is Extract<Value, { kind: 'member' }> {
  return value.kind === 'member' && value.name === 'shape';
}

/** Of `(1, 28, 28)` and `(28, 28, 1)`, as the backend may want them, the one that Keras takes by default. */
function channelsLast(shapes: readonly (Shape | null)[]): Shape | null {
  const [first, second] = shapes;
  if (shapes.length !== 2 || first == null || second == null || first.length !== second.length) return null;
  const [head] = first;
  const turnedRound = JSON.stringify([...first.slice(1), head]);
  if (turnedRound === JSON.stringify(second)) return second;
  return JSON.stringify([...second.slice(1), second[0]]) === JSON.stringify(first) ? first : null;
}

function turned(shape: Shape | null, channelsFirst: boolean): Shape | null {
  if (shape === null || !channelsFirst || shape.length < 3) return shape;
  const [channels = null, ...sides] = shape;
  return [...sides, channels];
}

function numberOf(value: Value, origins: Origins): number | null {
  if (value.kind === 'literal') return typeof value.value === 'number' ? value.value : null;
  if (value.kind === 'item' && typeof value.index === 'number' && isShape(value.of))
    return dataShape(value.of.object, origins)?.[value.index] ?? null;
  const [only, ...more] = origins.of(value);
  return more.length === 0 && typeof only?.value === 'number' ? only.value : null;
}
