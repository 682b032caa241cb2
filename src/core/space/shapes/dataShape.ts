import type { Call, Value } from '../../python/flow/Value.ts';
import { canonicalPath, leafOf } from '../../scan/canonicalPath.ts';
import type { Origins } from '../Origins.ts';
import type { Shape } from './Shape.ts';

/** The pictures of Keras' own data sets. */
const PICTURES: Readonly<Record<string, Shape>> = {
  mnist: [null, 28, 28],
  fashion_mnist: [null, 28, 28],
  cifar10: [null, 32, 32, 3],
  cifar100: [null, 32, 32, 3],
};
const KEEPING = /^(?:astype|copy)$/u;
const MAX_DEPTH = 20;

/** The shape of an array, its first axis included, where its making says it: one of Keras' data sets, or a `reshape`. */
export function dataShape(value: Value, origins: Origins, depth = 0): Shape | null {
  if (depth > MAX_DEPTH) return null;
  if (value.kind === 'derived') {
    const [array, other] = value.from;
    const scaled = value.node.kind === 'operation' && /^[-+*/]$/u.test(value.node.operator) && other?.kind === 'literal';
    const augmented = value.node.kind === 'name' && other?.kind === 'literal';
    return (scaled || augmented) && array !== undefined ? dataShape(array, origins, depth + 1) : null;
  }
  if (value.kind === 'item') return pictures(value);
  return value.kind === 'result' ? made(value.call, origins, depth) : null;
}

/** Images of the training or the test part: the first of a pair. */
function pictures({ of, index }: Extract<Value, { kind: 'item' }>): Shape | null {
  if (index !== 0 || of.kind !== 'item' || of.of.kind !== 'result' || of.of.call.name !== 'load_data') return null;
  const { callee } = of.of.call;
  const path = callee.kind === 'external' ? canonicalPath(callee.path) : '';
  return path.startsWith('keras.datasets.') ? (PICTURES[leafOf(path.slice(0, path.lastIndexOf('.')))] ?? null) : null;
}

function made(call: Call, origins: Origins, depth: number): Shape | null {
  const values = call.args.filter(({ keyword }) => keyword === null).map(({ value }) => value);
  if (call.callee.kind === 'member') {
    if (KEEPING.test(call.name)) return dataShape(call.callee.object, origins, depth + 1);
    return call.name === 'reshape' ? written(values, origins) : null;
  }
  const [array, second] = values;
  if (call.callee.kind !== 'external' || !call.callee.path.startsWith('numpy.')) return null;
  if (call.name === 'reshape') return second === undefined ? null : written([second], origins);
  if (call.name !== 'expand_dims' || array === undefined || numberOf(second ?? axisOf(call), origins) !== -1) return null;
  const before = dataShape(array, origins, depth + 1);
  return before && [...before, 1];
}

function axisOf(call: Call): Value {
  return call.args.find(({ keyword }) => keyword === 'axis')?.value ?? { kind: 'unknown' };
}

/** Sizes one by one, or in a tuple; the first is how many there are. */
function written(values: readonly Value[], origins: Origins): Shape | null {
  const [only] = values;
  const sides = values.length === 1 && only?.kind === 'sequence' && !only.open ? only.items : values;
  if (sides.length < 2) return null;
  return sides.map((side, axis) => {
    const size = axis === 0 ? null : numberOf(side, origins);
    return size !== null && size > 0 ? size : null;
  });
}

function numberOf(value: Value, origins: Origins): number | null {
  if (value.kind === 'literal') return typeof value.value === 'number' ? value.value : null;
  const [only, ...more] = origins.of(value);
  return more.length === 0 && typeof only?.value === 'number' ? only.value : null;
}
