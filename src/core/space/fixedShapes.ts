import type { Call } from '../python/flow/Value.ts';
import type { LayerGraph, Producer } from './LayerGraph.ts';
import { layerOf, type Layer } from './layerOf.ts';
import type { LayerArgument } from './layerSites.ts';
import type { Origins } from './Origins.ts';

/** What holds for the kernel, pool and stride of a layer. */
export interface ShapeBonds {
  fixed: string | null;
  /** By canonical name. */
  readonly ties: Map<string, object[]>;
}

type Described = ReadonlyMap<Call, ReadonlyMap<string, LayerArgument>>;

const FREE = /^(?:Adaptive|Global|mean$|LazyLinear$)/u;
const GROWING = /^(?:UpSampling|Conv\dDTranspose|Deconvolution|ConvTranspose|ZeroPadding2D|Cropping)/u;
const COUNTED = 'A size further on is written out and counts on it.';
const JOINED = 'Branches of other shapes meet further on, and their pictures must stay of one size.';
const MIRRORED = 'The network makes its pictures smaller and larger again, and both must fit.';

/** Which layers may not change the width and height of what passes, and which must do so together. */
export function fixedShapes(
  layers: readonly Layer[],
  described: Described,
  graph: LayerGraph,
  origins: Origins,
): ReadonlyMap<Call, ShapeBonds> {
  const bonds = new Map<Call, ShapeBonds>();
  const of = (call: Call): ShapeBonds => {
    const found = bonds.get(call) ?? { fixed: null, ties: new Map() };
    bonds.set(call, found);
    return found;
  };
  const fix = (calls: Iterable<Call>, reason: string): void => {
    for (const call of calls) of(call).fixed ??= reason;
  };
  if (layers.some(({ call }) => GROWING.test(call.name)))
    fix(
      layers.map(({ call }) => call).filter((call) => changesSize(call, described)),
      MIRRORED,
    );
  for (const edge of graph.edges) {
    if (layerOf(edge.to)?.signature.role === 'pass') continue;
    if (!isPicture(edge.from) || edge.through.some((call) => FREE.test(call.name)) || isPicture(edge.to)) continue;
    const input = layerOf(edge.to)?.signature.input;
    const needed = input == null ? undefined : described.get(edge.to)?.get(input)?.given.value;
    const counted =
      layerOf(edge.to) === null ||
      layerOf(edge.to)?.signature.role === 'reshape' ||
      (needed !== undefined && origins.within(needed).length > 0);
    if (counted && edge.to.name !== 'Reshape') fix(upstream(edge, graph), COUNTED);
  }
  for (const { branches } of graph.merges) {
    const paths = branches.filter((branch) => branch.length > 0).map((branch) => branch.flatMap((end) => pathOf(end, graph)));
    const shared = new Set((paths[0] ?? []).filter((call) => paths.every((path) => path.includes(call))));
    tieBranches(
      paths.map((path) => [...new Set(path)].filter((call) => !shared.has(call) && changesSize(call, described))),
      of,
      fix,
    );
  }
  return bonds;
}

function tieBranches(
  branches: readonly (readonly Call[])[],
  of: (call: Call) => ShapeBonds,
  fix: (calls: Iterable<Call>, reason: string) => void,
): void {
  const [first = []] = branches;
  if (branches.length < 2 || branches.every((branch) => branch.length === 0)) return;
  if (
    branches.some((branch) => branch.length !== first.length || branch.some((call, index) => call.name !== first[index]?.name))
  ) {
    fix(branches.flat(), JOINED);
    return;
  }
  first.forEach((_, index) => {
    for (const name of ['kernel_size', 'pool_size', 'strides']) {
      const bond = {};
      for (const branch of branches) {
        const call = branch[index];
        if (call !== undefined) of(call).ties.set(name, [...(of(call).ties.get(name) ?? []), bond]);
      }
    }
  });
}

/** Whether a layer's output is a picture or a sequence with a width. */
function isPicture(call: Call): boolean {
  return /^(?:Lazy)?(?:\w*Conv|Convolution)/u.test(call.name);
}

function changesSize(call: Call, described: Described): boolean {
  const args = described.get(call);
  if (layerOf(call)?.signature.role === 'pool') return true;
  if (!isPicture(call)) return false;
  const stride = (args?.get('strides') ?? args?.get('stride') ?? args?.get('subsample'))?.given.value;
  const padding = (args?.get('padding') ?? args?.get('border_mode'))?.given.value;
  return !(
    padding?.kind === 'literal' &&
    padding.value === 'same' &&
    (stride === undefined || (stride.kind === 'literal' && stride.value === 1))
  );
}

/** All layers that a picture passed through up to an edge's end. */
function upstream(edge: { readonly from: Call; readonly through: readonly Call[] }, graph: LayerGraph): ReadonlySet<Call> {
  const seen = new Set<Call>([...edge.through, edge.from]);
  const open = [edge.from];
  for (let call = open.pop(); call !== undefined; call = open.pop()) {
    for (const before of graph.edges) {
      if (before.to !== call) continue;
      for (const passed of before.through) seen.add(passed);
      if (!seen.has(before.from)) open.push(before.from);
      seen.add(before.from);
    }
  }
  return seen;
}

/** The layers of pictures back from a branch's end, nearest first; it ends where places are forgotten. */
function pathOf(end: Producer, graph: LayerGraph): Call[] {
  const path: Call[] = [];
  const seen = new Set<Call>();
  let open: readonly Producer[] = [end];
  while (open.length > 0) {
    const next: Producer[] = [];
    for (const { layer, through } of open) {
      if (seen.has(layer) || through.some((call) => layerOf(call)?.signature.role === 'flatten')) continue;
      seen.add(layer);
      path.push(...through);
      if (!isPicture(layer)) continue;
      path.push(layer);
      next.push(...graph.edges.filter((edge) => edge.to === layer).map((edge) => ({ layer: edge.from, through: edge.through })));
    }
    open = next;
  }
  return path;
}
