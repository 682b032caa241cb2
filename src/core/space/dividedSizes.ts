import type { Value } from '../python/flow/Value.ts';
import { argumentOf, type Call } from '../python/flow/Value.ts';
import type { LayerGraph } from './LayerGraph.ts';
import type { Layer } from './layerOf.ts';
import type { SizeBonds } from './layerSites.ts';

const GROUPS = 'It is split into groups of equal size.';
const HEADS = 'It is split into the heads of an attention.';

/** Fixes sizes that something else must divide: those of grouped convolutions and normalisations, and of what attention takes in. */
export function dividedSizes(layers: readonly Layer[], graph: LayerGraph, { fixed }: SizeBonds): void {
  for (const { call, framework, signature } of layers) {
    const reason = reasonOf(call, framework);
    if (reason === null) continue;
    if (signature.size !== null) fixed.set(call, reason);
    for (const edge of graph.edges) if (edge.to === call) fixed.set(edge.from, reason);
    for (const input of graph.inputs.get(call) ?? []) fixed.set(input, reason);
  }
}

function reasonOf(call: Call, framework: Layer['framework']): string | null {
  if (framework === 'torch' && call.name === 'MultiheadAttention') return HEADS;
  if (call.name === 'GroupNorm' || call.name === 'GroupNormalization') return GROUPS;
  const groups = /Conv/u.test(call.name) ? argumentOf(call, 'groups', framework === 'torch' ? 6 : null) : null;
  return groups === null || isOne(groups.value) ? null : GROUPS;
}

function isOne(value: Value): boolean {
  return value.kind === 'literal' && value.value === 1;
}
