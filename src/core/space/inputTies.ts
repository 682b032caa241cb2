import type { Call, Value } from '../python/flow/Value.ts';
import type { Edge, LayerGraph } from './LayerGraph.ts';
import type { Layer } from './layerOf.ts';
import type { LayerArgument, SizeBonds } from './layerSites.ts';
import type { Origins } from './Origins.ts';
import { keyOf } from './Site.ts';

type Described = ReadonlyMap<Call, ReadonlyMap<string, LayerArgument>>;

/** Ties each layer's size to the places where the next layers repeat it: `in_features`, a `view`, a target shape. */
export function inputTies(
  layers: readonly Layer[],
  described: Described,
  graph: LayerGraph,
  origins: Origins,
  bonds: SizeBonds,
): void {
  const byCall = new Map(layers.map((layer) => [layer.call, layer]));
  for (const layer of layers) {
    const { input } = layer.signature;
    const given = input === null ? undefined : described.get(layer.call)?.get(input)?.given;
    const fed = graph.edges.filter((edge) => edge.to === layer.call && byCall.has(edge.from));
    if (given === undefined) continue;
    if (fed.length === 0) fixInput(layer, given.value, bonds);
    for (const edge of fed) tie(edge, given.value, byCall.get(edge.from), described, origins, bonds);
  }
  for (const edge of graph.edges) {
    const shape = writtenShape(edge.to, byCall.get(edge.to), origins);
    if (shape === 'free') continue;
    if (shape === 'fixed') bonds.fixed.set(edge.from, 'A shape that is written out further on is computed from it.');
    else tie(edge, shape, byCall.get(edge.from), described, origins, bonds);
  }
}

function fixInput(layer: Layer, value: Value, bonds: SizeBonds): void {
  bonds.sites.push({
    name: layer.signature.input ?? '',
    value,
    owner: `layers.${layer.call.name}`,
    call: layer.call,
    fixed: 'It is the size of what comes in, which other code decides.',
  });
}

function tie(edge: Edge, needed: Value, from: Layer | undefined, described: Described, origins: Origins, bonds: SizeBonds): void {
  const size = from?.signature.size;
  const own = size == null ? undefined : described.get(edge.from)?.get(size)?.given.value;
  if (own === undefined) return;
  const [written, ...others] = origins.of(own);
  const [place, ...more] = origins.of(needed);
  if (written === undefined || others.length > 0) return;
  const follows = origins.within(needed).some((origin) => keyOf(origin.node) === keyOf(written.node));
  if (follows) return;
  const times = place === undefined ? Number.NaN : Number(place.value) / Number(written.value);
  if (place === undefined || more.length > 0 || !Number.isInteger(times) || times < 1) {
    if (place !== undefined || origins.within(needed).length > 0 || needed.kind === 'unknown') {
      bonds.fixed.set(edge.from, 'The next layer needs this size, and where that comes from is not known.');
    }
    return;
  }
  const bond = {};
  bonds.ties.set(edge.from, [...(bonds.ties.get(edge.from) ?? []), bond]);
  bonds.sites.push({
    name: 'in_features',
    value: needed,
    owner: `layers.${edge.to.name}`,
    call: edge.to,
    fixed: null,
    follows: true,
    ties: [bond],
    times,
  });
}

/** What a call that gives a tensor a shape says about the size of its last axis. */
function writtenShape(call: Call, layer: Layer | undefined, origins: Origins): 'free' | 'fixed' | Value {
  if (layer?.signature.role === 'reshape') return 'fixed';
  if (layer !== undefined) return 'free';
  if (call.callee.kind === 'external')
    return call.args.slice(1).some(({ value }) => numbersIn(value, origins)) ? 'fixed' : 'free';
  const axes = call.args.map(({ value }) => value).slice(1);
  if (axes.some((axis) => axis.kind === 'literal' && axis.value === -1)) return 'free';
  const written = axes.filter((axis) => numbersIn(axis, origins));
  const [only] = written;
  if (only === undefined) return 'free';
  return axes.length === 1 ? only : 'fixed';
}

function numbersIn(value: Value, origins: Origins): boolean {
  return origins.within(value).some((origin) => typeof origin.value === 'number' && origin.value > 1);
}
