import type { Call } from '../python/flow/Value.ts';
import type { LayerGraph } from './LayerGraph.ts';
import type { SizeBonds } from './layerSites.ts';

/** Ties the sizes of layers whose outputs are added to one another: they can only change together. */
export function mergeTies(graph: LayerGraph, { ties, fixed }: SizeBonds): void {
  for (const { branches, joins } of graph.merges) {
    if (joins) continue;
    const layers = new Set(branches.flatMap((branch) => branch.map(({ layer }) => layer)));
    if (branches.some((branch) => branch.length === 0)) {
      for (const layer of layers) fixed.set(layer, 'Its output is added to something of a size that it cannot change.');
    } else if (layers.size > 1) bind(layers, ties);
  }
}

function bind(layers: ReadonlySet<Call>, ties: Map<Call, object[]>): void {
  const bond = {};
  for (const layer of layers) ties.set(layer, [...(ties.get(layer) ?? []), bond]);
}
