import type { Call, CallArgument } from '../python/flow/Value.ts';
import { activationOrigins } from './activationOrigins.ts';
import { dividedSizes } from './dividedSizes.ts';
import { inputTies } from './inputTies.ts';
import type { LayerGraph } from './LayerGraph.ts';
import type { Layer } from './layerOf.ts';
import { layerArguments } from './layerArguments.ts';
import { mergeTies } from './mergeTies.ts';
import type { Origins } from './Origins.ts';
import type { Site } from './Site.ts';
import { fixedShapes } from './fixedShapes.ts';

/** What holds for a size argument beyond its own layer: with what it moves, or why it cannot. */
export interface SizeBonds {
  readonly ties: Map<Call, object[]>;
  readonly fixed: Map<Call, string>;
  /** Arguments elsewhere that are written out and follow a layer's size. */
  readonly sites: Site[];
}

const OUTPUT = 'It belongs to the output layer, which the targets decide.';
const SPATIAL = new Set(['kernel_size', 'pool_size', 'strides']);

/** The tunable arguments of a script's layers, and those that the network's form fixes. */
export function layerSites(layers: readonly Layer[], graph: LayerGraph, origins: Origins, legacy: boolean): Site[] {
  const described = new Map(layers.map((layer) => [layer.call, layerArguments(layer, legacy)]));
  const bonds: SizeBonds = { ties: new Map(), fixed: new Map(), sites: [] };
  inputTies(layers, described, graph, origins, bonds);
  mergeTies(graph, bonds);
  dividedSizes(layers, graph, bonds);
  const shapes = fixedShapes(layers, described, graph, origins);
  const outputs = new Set(
    layers
      .filter(({ call }) => graph.tails.has(call) || graph.handedOver.has(call) || isVerdict(described.get(call)))
      .map(({ call }) => call),
  );
  const sites = layers.flatMap((layer) => {
    const args = described.get(layer.call) ?? new Map<string, LayerArgument>();
    return [...args].flatMap(([argument, { name, given, span }]): Site[] => {
      if (name === null) return [];
      const size = argument === layer.signature.size;
      const spatial = SPATIAL.has(name) ? shapes.get(layer.call) : undefined;
      const ties = [...(size ? (bonds.ties.get(layer.call) ?? []) : []), ...(spatial?.ties.get(name) ?? [])];
      const reason =
        (size ? (outputs.has(layer.call) ? OUTPUT : (bonds.fixed.get(layer.call) ?? unseen(layer, graph))) : undefined) ??
        (name === 'activation' && isOutputActivation(layer, outputs, graph) ? OUTPUT : undefined) ??
        spatial?.fixed ??
        null;
      const site = { name, value: given.value, owner: `layers.${layer.call.name}`, call: layer.call, fixed: reason, ties };
      const written = span ?? (name === 'activation' ? activationOrigins(given) : null);
      return [written === null ? site : { ...site, origins: written }];
    });
  });
  return [...sites, ...bonds.sites];
}

/** PyTorch says what comes after a layer only where it is called: a new head of a pretrained network is put in and never named again. */
function unseen({ call, framework }: Layer, graph: LayerGraph): string | undefined {
  return framework === 'torch' && !graph.isPlaced(call) ? 'Where its output goes cannot be read.' : undefined;
}

/** An argument of a layer: its canonical name where it can be tuned, and where it is written if that is more than one argument. */
export interface LayerArgument {
  readonly name: string | null;
  readonly given: CallArgument;
  readonly span: NonNullable<Site['origins']> | null;
}

/** A layer whose activation says what it is for: one of several classes, or yes or no. */
function isVerdict(args: ReadonlyMap<string, LayerArgument> | undefined): boolean {
  const activation = args?.get('activation')?.given.value;
  const units = args?.get('units')?.given.value;
  const names = units?.kind === 'literal' && units.value === 1 ? ['softmax', 'sigmoid'] : ['softmax'];
  if (activation?.kind === 'literal') return names.includes(String(activation.value));
  return activation?.kind === 'external' && names.includes(activation.path.slice(activation.path.lastIndexOf('.') + 1));
}

/** An activation is the output's where all that it gets comes from output layers. */
function isOutputActivation({ call, signature }: Layer, outputs: ReadonlySet<Call>, graph: LayerGraph): boolean {
  if (signature.role === 'weighted') return outputs.has(call);
  const inputs = [...(graph.inputs.get(call) ?? [])];
  return inputs.length > 0 && inputs.every((input) => outputs.has(input));
}
