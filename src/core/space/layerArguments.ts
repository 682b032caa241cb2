import type { Ranged } from '../python/Ast.ts';
import { argumentOf, choiceOf, type CallArgument } from '../python/flow/Value.ts';
import type { Layer } from './layerOf.ts';
import type { LayerArgument } from './layerSites.ts';
import type { Origin } from './Origin.ts';

const SIDES: Readonly<Record<string, number>> = { Convolution2D: 2, Conv2D: 2, Deconvolution2D: 2, Convolution3D: 3, Conv3D: 3 };

/**
 * The arguments of a layer by their names, given by keyword or position. Keras 1 wrote a kernel's sides one by one,
 * `Convolution2D(32, 3, 3)`: they are one argument.
 */
export function layerArguments(layer: Layer, legacy: boolean): ReadonlyMap<string, LayerArgument> {
  const { call, signature } = layer;
  const found = new Map<string, LayerArgument>();
  const sides = sidesOf(layer, legacy);
  const positions = sides === null ? signature.positions : [signature.positions[0] ?? '', ...sides.map(() => ''), 'activation'];
  const names = new Set([
    ...positions,
    ...Object.keys(signature.tunable),
    ...(signature.input === null ? [] : [signature.input]),
  ]);
  for (const name of names) {
    if (name === '') continue;
    const position = positions.indexOf(name);
    const given = argumentOf(call, name, position === -1 ? null : position);
    if (given !== null) found.set(name, { name: signature.tunable[name] ?? null, given, span: null });
  }
  nameSize(layer, found);
  const [first] = sides ?? [];
  if (sides !== null && first !== undefined) {
    const given = { ...first, value: choiceOf(sides.map(({ value }) => value)) };
    found.set('kernel_size', { name: 'kernel_size', given, span: spanOf(sides) });
  }
  return found;
}

/** Keras 1's name for a layer's size, `output_dim`, is its size all the same. */
function nameSize({ signature: { size, tunable } }: Layer, found: Map<string, LayerArgument>): void {
  if (size === null || found.has(size)) return;
  const alias = [...found].find(([, { name }]) => name !== null && name === tunable[size]);
  if (alias === undefined) return;
  found.delete(alias[0]);
  found.set(size, alias[1]);
}

function sidesOf({ call, framework }: Layer, legacy: boolean): readonly CallArgument[] | null {
  const count = SIDES[call.name];
  if (framework !== 'keras' || count === undefined || !(legacy || call.name.startsWith('Convolution'))) return null;
  const given = call.args.filter((argument) => argument.keyword === null).slice(1, 1 + count);
  const numbers = given.every(
    ({ value, splat }) => splat === 0 && (value.kind === 'literal' ? typeof value.value === 'number' : value.kind !== 'sequence'),
  );
  return given.length === count && numbers ? given : null;
}

/** `3, 3` as one range; null where a side is no literal of this call. */
function spanOf(sides: readonly CallArgument[]): readonly Origin[] | null {
  const values = sides.flatMap(({ value, expression }) =>
    value.kind === 'literal' && typeof value.value === 'number' && value.node === expression ? [value.value] : [],
  );
  const [first, last] = [sides[0]?.expression, sides.at(-1)?.expression];
  if (values.length < sides.length || first === undefined || last === undefined) return null;
  const node: Ranged = { source: first.source, start: first.start, end: last.end };
  return [{ node, value: values }];
}
