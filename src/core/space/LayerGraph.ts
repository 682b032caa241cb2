import type { Trace } from '../python/flow/followModule.ts';
import { argumentOf, UNKNOWN, type Call, type Value } from '../python/flow/Value.ts';
import { leafOf } from '../scan/canonicalPath.ts';
import { appliedLayers } from './appliedLayers.ts';
import { addedLayers, chainItems } from './chainItems.ts';
import { appliedChains, isChain, isFunctionalModel } from './isChain.ts';
import { layerOf, type Layer } from './layerOf.ts';
import { isReduction, partsOf, tensorsOf } from './tensorsOf.ts';

/** A layer whose output reaches another, and what it passes through on the way. */
export interface Edge {
  readonly from: Call;
  readonly to: Call;
  /** Layers and functions between the two, nearest to `to` first. */
  readonly through: readonly Call[];
}

/** What a tensor comes from: the last layers with weights, and what it passed through since. */
export interface Producer {
  readonly layer: Call;
  readonly through: readonly Call[];
}

/** Tensors that are added or joined; a branch without producers comes from elsewhere. */
export interface Merge {
  readonly branches: readonly (readonly Producer[])[];
  readonly joins: boolean;
}

const MAX_DEPTH = 60;
const MAX_PRODUCERS = 24;

/** How the layers of a script feed one another: by `add` and lists, by calling layers, and by the forward methods of classes. */
export class LayerGraph {
  readonly edges: Edge[] = [];
  readonly merges: Merge[] = [];
  /** For layers without weights: what feeds them. */
  readonly inputs = new Map<Call, Set<Call>>();
  /** Layers whose output leaves a network. */
  readonly tails = new Set<Call>();
  /** Layers whose output goes into something that cannot be read, as a pretrained network. */
  readonly swallowed = new Set<Call>();
  /** Layers whose output another network takes, which says itself of what size that is. */
  readonly handedOver = new Set<Call>();
  /** Chains of layers that are part of other networks. */
  readonly nested = new Set<Call>();
  readonly #trace: Trace;
  readonly #known = new Map<Value, readonly Producer[]>();
  readonly #chains = new Map<Call, readonly Producer[]>();
  readonly #added: ReadonlyMap<Call, readonly Value[]>;

  constructor(trace: Trace, calls: readonly Call[]) {
    this.#trace = trace;
    this.#added = addedLayers(calls);
    for (const call of calls) this.#apply(call);
    for (const call of calls) if (isChain(call)) this.#chain(call);
    this.#findTails(calls);
  }

  feeds(layer: Call): readonly Edge[] {
    return this.edges.filter((edge) => edge.from === layer);
  }

  /** Whether it is known what a layer feeds, or that it feeds nothing. */
  isPlaced(layer: Call): boolean {
    return this.tails.has(layer) || this.swallowed.has(layer) || this.edges.some(({ from }) => from === layer);
  }

  /** The last layers with weights that a tensor comes from. */
  producers(value: Value, depth = 0): readonly Producer[] {
    if (depth > MAX_DEPTH) return [];
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    this.#known.set(value, []);
    const found = distinct(this.#before(value, depth)).slice(0, MAX_PRODUCERS);
    this.#known.set(value, found);
    return found;
  }

  #before(value: Value, depth: number): readonly Producer[] {
    const all = (values: readonly Value[]): readonly Producer[] => values.flatMap((part) => this.producers(part, depth + 1));
    switch (value.kind) {
      case 'choice':
        return all(value.options);
      case 'sequence':
        return all(value.items);
      case 'item':
        return this.producers(value.of, depth + 1);
      case 'member':
        return this.producers(value.object, depth + 1);
      case 'derived':
        if (value.node.kind !== 'operation' || /^[-+*/]$/u.test(value.node.operator)) this.#merge(value.from, false, depth);
        return all(value.from);
      case 'result':
        return this.#ofCall(value.call, depth);
      default:
        return [];
    }
  }

  #ofCall(call: Call, depth: number): readonly Producer[] {
    const forwarded = this.#trace.forwarded.get(call);
    if (forwarded !== undefined) return this.producers(forwarded, depth + 1);
    if (isReduction(call)) return [];
    const inputs = tensorsOf(call);
    const layers = appliedLayers(call.callee);
    if (layers.length > 0) {
      return layers.flatMap((layer) => {
        if (layer.signature.role === 'merge') this.#merge(inputs.flatMap(partsOf), isConcatenation(layer.call), depth);
        return this.#throughLayer(layer.call, layer.signature.role === 'weighted', inputs, depth);
      });
    }
    const chains = appliedChains(call.callee);
    if (chains.length > 0) {
      return chains.flatMap((chain) => {
        const ends = this.#chain(chain);
        return ends.length > 0 ? ends : inputs.flatMap((input) => this.producers(input, depth + 1));
      });
    }
    if (call.callee.kind === 'external' && MERGING.test(leafOf(call.callee.path)))
      this.#merge(inputs.flatMap(partsOf), /concat|^cat$|stack/iu.test(call.name), depth);
    const before = inputs.flatMap((input) => this.producers(input, depth + 1));
    return before.map((producer) => ({ ...producer, through: [call, ...producer.through] }));
  }

  #throughLayer(layer: Call, weighted: boolean, inputs: readonly Value[], depth: number): readonly Producer[] {
    if (weighted) return [{ layer, through: [] }];
    return inputs
      .flatMap((input) => this.producers(input, depth + 1))
      .map((before) => ({ ...before, through: [layer, ...before.through] }));
  }

  #merge(branches: readonly Value[], joins: boolean, depth: number): void {
    const found = branches.filter((branch) => branch.kind !== 'literal').map((branch) => this.producers(branch, depth + 1));
    if (found.filter((producers) => producers.length > 0).length > 0 && found.length > 1)
      this.merges.push({ branches: found, joins });
  }

  /** Records what an application of a layer, or of a chain of them, is fed by. */
  #apply(call: Call): void {
    const layers = appliedLayers(call.callee);
    const inputs = tensorsOf(call);
    const before = inputs.flatMap((input) => this.producers(input));
    for (const layer of layers) this.#feed(before, layer);
    const state = argumentOf(call, 'initial_state');
    for (const { call: layer } of state === null ? [] : layers)
      this.merges.push({ branches: [this.producers(state?.value ?? UNKNOWN), [{ layer, through: [] }]], joins: false });
    for (const chain of appliedChains(call.callee)) {
      this.nested.add(chain);
      this.#handOver(before, chain);
      const [first] = this.#items(chain);
      if (first !== undefined && 'signature' in first) this.#feed(before, first);
    }
    if (call.callee.kind === 'external' && layerOf(call) !== null && TORCH_APPLIED.test(call.callee.path))
      this.#note(before, call);
    this.#view(call, before);
  }

  /** A tensor method or function that writes sizes down takes part as a layer does. */
  #view(call: Call, before: readonly Producer[]): void {
    if (call.callee.kind === 'member' && (call.name === 'view' || call.name === 'reshape'))
      for (const producer of this.producers(call.callee.object))
        this.edges.push({ from: producer.layer, to: call, through: producer.through });
    else if (call.name === 'reshape' && call.callee.kind === 'external')
      for (const producer of before) this.edges.push({ from: producer.layer, to: call, through: producer.through });
  }

  #feed(before: readonly Producer[], layer: Layer): void {
    this.#note(before, layer.call);
    if (layer.signature.role !== 'weighted' && layer.signature.input === null && layer.signature.role !== 'reshape') return;
    for (const { layer: from, through } of before) {
      if (!this.edges.some((edge) => edge.from === from && edge.to === layer.call))
        this.edges.push({ from, to: layer.call, through });
    }
  }

  #handOver(before: readonly Producer[], chain: Call): void {
    const [first] = isChain(chain) ? this.#items(chain) : [];
    const shaped =
      first !== undefined && 'signature' in first && first.call.args.some(({ keyword }) => SHAPED.test(keyword ?? ''));
    for (const { layer } of shaped ? before : []) this.handedOver.add(layer);
  }

  #note(before: readonly Producer[], layer: Call): void {
    const inputs = this.inputs.get(layer) ?? new Set();
    for (const producer of before) inputs.add(producer.layer);
    this.inputs.set(layer, inputs);
  }

  /** Walks a chain of layers once; what it ends with. */
  #chain(chain: Call): readonly Producer[] {
    const known = this.#chains.get(chain);
    if (known !== undefined) return known;
    this.#chains.set(chain, []);
    let current: readonly Producer[] = [];
    for (const item of this.#items(chain)) {
      if (!('signature' in item)) {
        for (const producer of current) this.swallowed.add(producer.layer);
        this.#handOver(current, item);
        this.nested.add(item);
        current = isChain(item) ? this.#chain(item) : [];
        continue;
      }
      this.#feed(current, item);
      const { role } = item.signature;
      current =
        role === 'weighted'
          ? [{ layer: item.call, through: [] }]
          : current.map((producer) => ({ ...producer, through: [item.call, ...producer.through] }));
    }
    this.#chains.set(chain, current);
    return current;
  }

  #items(chain: Call): readonly (Layer | Call)[] {
    return chainItems(chain, this.#added.get(chain) ?? []);
  }

  #findTails(calls: readonly Call[]): void {
    const outputs = calls.filter(isFunctionalModel).flatMap((call) => {
      const output = argumentOf(call, 'outputs') ?? argumentOf(call, 'output') ?? argumentOf(call, 'outputs', 1);
      return output === null ? [] : this.producers(output.value);
    });
    for (const { layer } of outputs) this.tails.add(layer);
    for (const [chain, ends] of this.#chains) if (!this.nested.has(chain)) for (const end of ends) this.tails.add(end.layer);
    for (const call of calls) {
      const method = call.within?.kind === 'function' && /^(?:forward|call|training_step|train_step)$/u.test(call.within.name);
      if (!method && outputs.length > 0) continue;
      for (const layer of appliedLayers(call.callee)) if (layer.signature.role === 'weighted') this.tails.add(layer.call);
      for (const chain of appliedChains(call.callee)) for (const end of this.#chain(chain)) this.tails.add(end.layer);
    }
    for (const edge of this.edges) if (layerOf(edge.to)?.signature.role === 'weighted') this.tails.delete(edge.from);
  }
}

const MERGING = /^(?:add|subtract|multiply|average|maximum|minimum|dot|concatenate|concat|cat|stack|merge)$/u;
const SHAPED = /^(?:input_dim|input_shape|batch_input_shape)$/u;
const TORCH_APPLIED = /^torch\.nn\.functional\./u;

function isConcatenation(call: Call): boolean {
  return call.name.endsWith('Concatenate');
}

function distinct(producers: readonly Producer[]): Producer[] {
  return [...new Map(producers.toReversed().map((producer) => [producer.layer, producer])).values()].toReversed();
}
