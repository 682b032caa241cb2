import { optionsOf, type Call, type Value } from '../../python/flow/Value.ts';
import type { Trace } from '../../python/flow/followModule.ts';
import { canonicalPath } from '../../scan/canonicalPath.ts';
import { isKeras } from '../../scan/kerasNames.ts';
import { layersOf } from '../appliedLayers.ts';
import { addedLayers, chainItems } from '../chainItems.ts';
import { appliedChains, isChain } from '../isChain.ts';
import { layerOf, type Layer } from '../layerOf.ts';
import type { Origins } from '../Origins.ts';
import { tensorsOf, partsOf } from '../tensorsOf.ts';
import { inputShape } from './inputShape.ts';
import type { LayerNumbers } from './LayerNumbers.ts';
import { outputShape, type Assume } from './outputShape.ts';
import type { Outcome, Shape } from './Shape.ts';

/** A step of what happens to tensors: a layer, or something that is not read. */
interface Step {
  /** The call that makes the layer; null for what is not read. */
  readonly layer: Call | null;
  readonly inputs: readonly Step[];
  /** The shape that comes in, where it is said. */
  readonly given: Shape | null;
}

/** Layers that are put in after one, some times over. */
export interface Insertion {
  readonly layers: readonly Call[];
  readonly count: number;
}

/** What is assumed of a network: its numbers, and what is added to it. */
export interface Assumption {
  readonly assume: Assume;
  /** By the layer that they stand after. */
  readonly inserted: ReadonlyMap<Call, Insertion>;
}

const MAX_DEPTH = 400;

/** The shapes of all tensors of a script's Keras models, from their inputs on. */
export class ShapeGraph {
  readonly #steps: Step[] = [];
  readonly #known = new Map<Call, readonly Step[]>();
  readonly #numbers: LayerNumbers;
  readonly #origins: Origins;
  readonly #trace: Trace;
  readonly #channelsFirst: boolean;
  readonly #added: ReadonlyMap<Call, readonly Value[]>;

  constructor(trace: Trace, calls: readonly Call[], numbers: LayerNumbers, origins: Origins, channelsFirst: boolean) {
    this.#trace = trace;
    this.#numbers = numbers;
    this.#origins = origins;
    this.#channelsFirst = channelsFirst;
    this.#added = addedLayers(calls);
    for (const call of calls) {
      if (layerOf(call)?.framework === 'torch') continue;
      if (isChain(call)) this.#chain(call, [], 0);
      else if (call.callee.kind === 'result') this.#of({ kind: 'result', call }, 0);
    }
  }

  /** The outcome of every layer; of one that is used several times the worst. */
  outcomes(assumption: Assumption): ReadonlyMap<Call, Outcome> {
    const found = new Map<Call, Outcome>();
    this.#run(assumption, (_, made) => {
      for (const [layer, outcome] of made) {
        const before = found.get(layer);
        if (before === undefined || RANK[outcome.verdict] > RANK[before.verdict]) found.set(layer, outcome);
      }
    });
    return found;
  }

  /** Whether some layers, and all that comes from them, certainly fit. A layer that was not found does not. */
  isCertain(assumption: Assumption, changed: ReadonlySet<Call>): boolean {
    const touched = new Set<Step>();
    const seen = new Set<Call>();
    let certain = true;
    this.#run(assumption, (step, made) => {
      for (const [layer] of made) seen.add(layer);
      if (!step.inputs.some((input) => touched.has(input)) && !made.some(([layer]) => changed.has(layer))) return;
      touched.add(step);
      certain &&= made.every(([, { verdict }]) => verdict === 'fits');
    });
    return certain && [...changed].every((layer) => seen.has(layer));
  }

  /** Walks all steps in order, with the layers of each, those put in after it included. */
  #run({ assume, inserted }: Assumption, visit: (step: Step, made: readonly (readonly [Call, Outcome])[]) => void): void {
    const shapes = new Map<Step, Shape | null>();
    for (const step of this.#steps) {
      let shape = step.given ?? joined(step.inputs.map((input) => shapes.get(input) ?? null));
      const made: (readonly [Call, Outcome])[] = [];
      const { layers, count } = (step.layer && inserted.get(step.layer)) ?? { layers: [], count: 0 };
      const added = Array.from({ length: count }, () => layers).flat();
      for (const layer of step.layer === null ? [] : [step.layer, ...added]) {
        const outcome = outputShape(layer, shape, this.#numbers, assume);
        made.push([layer, outcome]);
        ({ shape } = outcome);
      }
      shapes.set(step, shape);
      visit(step, made);
    }
  }

  #chain(chain: Call, inputs: readonly Step[], depth: number): readonly Step[] {
    let current = inputs;
    for (const item of chainItems(chain, this.#added.get(chain) ?? [])) {
      const call = 'signature' in item ? item.call : item;
      if (!('signature' in item) && isChain(call)) current = this.#chain(call, current, depth + 1);
      else current = [this.#add('signature' in item ? call : null, current, this.#given(call) ?? this.#first(chain, current))];
    }
    return current;
  }

  /** The shape that is said at the head of a chain, by what may be no layer of it. */
  #first(chain: Call, current: readonly Step[]): Shape | null {
    if (current.length > 0) return null;
    const items = [...chain.args.flatMap(({ value }) => partsOf(value)), ...(this.#added.get(chain) ?? [])];
    const [head] = items;
    if (head?.kind !== 'result') return null;
    return isChain(head.call) ? this.#first(head.call, []) : this.#given(head.call);
  }

  #given(call: Call): Shape | null {
    return inputShape(call, this.#origins, this.#channelsFirst);
  }

  #add(layer: Call | null, inputs: readonly Step[], given: Shape | null): Step {
    const step = { layer, inputs, given };
    this.#steps.push(step);
    return step;
  }

  #of(value: Value, depth: number): readonly Step[] {
    if (depth > MAX_DEPTH) return [];
    const inner = (values: readonly Value[]): Step[] => values.flatMap((part) => this.#of(part, depth + 1));
    switch (value.kind) {
      case 'choice':
        return inner(value.options);
      case 'sequence':
        return inner(value.items);
      case 'item':
      case 'member':
        return this.#unread(inner([value.kind === 'item' ? value.of : value.object]));
      case 'derived':
        return value.node.kind === 'operation' && /^[-+*]$/u.test(value.node.operator)
          ? [this.#add(null, inner(value.from), null)]
          : this.#unread(inner(value.from));
      case 'result':
        return this.#ofCall(value.call, depth);
      default:
        return [];
    }
  }

  #unread(inputs: readonly Step[]): readonly Step[] {
    return inputs.length === 0 ? [] : [this.#add(null, [...inputs, UNREAD], null)];
  }

  #ofCall(call: Call, depth: number): readonly Step[] {
    const known = this.#known.get(call);
    if (known !== undefined) return known;
    this.#known.set(call, []);
    const steps = this.#make(call, depth);
    this.#known.set(call, steps);
    return steps;
  }

  #make(call: Call, depth: number): readonly Step[] {
    if (/^Input$/u.test(call.name) && call.callee.kind === 'external') return [this.#add(null, [], this.#given(call))];
    const forwarded = this.#trace.forwarded.get(call);
    if (forwarded !== undefined) return this.#of(forwarded, depth + 1);
    const inputs = tensorsOf(call).flatMap((input) => this.#of(input, depth + 1));
    const layers = optionsOf(call.callee).flatMap((option): (Layer & { wrapped: boolean })[] =>
      option.kind === 'result' ? layersOf(option.call).map((layer) => ({ ...layer, wrapped: layer.call !== option.call })) : [],
    );
    const chains = appliedChains(call.callee);
    if (layers.length > 0)
      return layers.flatMap(({ call: layer, wrapped }) => {
        const step = this.#add(layer, inputs, this.#given(layer));
        return wrapped ? this.#unread([step]) : [step];
      });
    if (chains.length > 0) return chains.flatMap((chain) => this.#chain(chain, inputs, depth + 1));
    return isMerge(call) ? [this.#add(null, inputs, null)] : this.#unread(inputs);
  }
}

const RANK = { fits: 0, unsure: 1, impossible: 2 };

/** Stands beside inputs of what is not read, so that no shape comes out of it. */
const UNREAD: Step = { layer: null, inputs: [], given: null };

/** Keras' functions for what its merging layers do. */
function isMerge({ callee, name }: Call): boolean {
  const merges = /^(?:add|subtract|multiply|average|maximum|minimum|concatenate)$/u;
  return callee.kind === 'external' && isKeras(canonicalPath(callee.path)) && merges.test(name);
}

/** The shape of tensors that are added or joined; what differs is not known. */
function joined(shapes: readonly (Shape | null)[]): Shape | null {
  const [first = null, ...more] = shapes;
  if (first === null || more.some((shape) => shape?.length !== first.length)) return null;
  return first.map((side, axis) => (more.every((shape) => shape?.[axis] === side) ? side : null));
}
