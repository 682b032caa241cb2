import { argumentOf, type Call } from '../../python/flow/Value.ts';
import type { HyperparameterValue } from '../Assignment.ts';
import type { Layer } from '../layerOf.ts';
import type { Edit, Hyperparameter } from '../SearchSpace.ts';
import type { Assumption, Insertion, ShapeGraph } from './ShapeGraph.ts';
import type { LayerNumbers } from './LayerNumbers.ts';
import type { Assume } from './outputShape.ts';

/** Blocks that may be added after a layer; `most` is as many as anyone would want. */
export interface Growth {
  readonly after: Call;
  readonly layers: readonly Call[];
  readonly most: number;
}

/** What is left of ranges once shapes are looked at. */
export interface Limits {
  readonly hyperparameters: readonly Hyperparameter[];
  /** How many blocks can be added, by growth. */
  readonly added: ReadonlyMap<Growth, number>;
}

const SPATIAL = new Set(['kernel_size', 'pool_size', 'strides', 'stride', 'subsample', 'filter_length', 'pool_length']);

/** A hyperparameter that decides over sizes: the choices above the user's own, smallest first, and how many of them are let in. */
interface Widening {
  readonly hyperparameter: Hyperparameter;
  readonly layers: ReadonlySet<Call>;
  readonly larger: readonly HyperparameterValue[];
  taken: number;
}

/**
 * Limits kernels, pools, strides and added blocks so that any combination of what is left builds. Where all that the user has builds,
 * smaller windows and steps do: sizes only grow. Larger ones are let in one by one in turn, each where even with the largest of all
 * others every size stays above zero, or where padding keeps sizes whatever the window.
 */
export function limitShapes(
  hyperparameters: readonly Hyperparameter[],
  layers: readonly Layer[],
  numbers: LayerNumbers,
  graph: ShapeGraph | null,
  growths: readonly Growth[],
): Limits {
  const uses = spatialUses(layers, numbers);
  const widenings = new Map<string, Widening>();
  for (const hyperparameter of hyperparameters) {
    const used = new Set(hyperparameter.edits.flatMap((edit) => [...(uses.get(keyOfEdit(edit)) ?? [])]));
    if (used.size > 0) widenings.set(hyperparameter.id, createWidening(hyperparameter, used));
  }
  const added = new Map(growths.map((growth) => [growth, 0]));
  if (graph !== null) widenInTurn([...widenings.values()], added, graph);
  return {
    hyperparameters: hyperparameters.map((hyperparameter) => {
      const widening = widenings.get(hyperparameter.id);
      return widening === undefined ? hyperparameter : narrowed(widening, numbers);
    }),
    added,
  };
}

/** Lets in one more of each in turn, until nothing more fits. */
function widenInTurn(widenings: readonly Widening[], added: Map<Growth, number>, graph: ShapeGraph): void {
  const closed = new Set<unknown>();
  const fits = (changed: ReadonlySet<Call>): boolean => graph.isCertain(assumptionOf(widenings, added), changed);
  for (let open = true; open;) {
    open = false;
    for (const [growth, count] of added) {
      if (closed.has(growth) || count >= growth.most) continue;
      added.set(growth, count + 1);
      if (fits(new Set([growth.after]))) open = true;
      else {
        added.set(growth, count);
        closed.add(growth);
      }
    }
    for (const widening of widenings) {
      if (closed.has(widening) || widening.taken >= widening.larger.length) continue;
      widening.taken++;
      if (fits(widening.layers)) open = true;
      else {
        widening.taken--;
        closed.add(widening);
      }
    }
  }
}

function assumptionOf(widenings: readonly Widening[], added: ReadonlyMap<Growth, number>): Assumption {
  const largest = new Map<string, HyperparameterValue>();
  for (const { hyperparameter, larger, taken } of widenings)
    for (const edit of hyperparameter.edits) largest.set(keyOfEdit(edit), larger[taken - 1] ?? hyperparameter.value);
  const assume: Assume = ({ value, keys }) => {
    const [only = ''] = keys;
    if (keys.length === 1) return largest.get(only) ?? value;
    return keys.some((key) => largest.has(key)) ? undefined : value;
  };
  const inserted = [...added].map(([{ after, layers }, count]): [Call, Insertion] => [after, { layers, count }]);
  return { assume, inserted: new Map(inserted) };
}

/** The assumption that nothing is changed. */
export const UNCHANGED: Assumption = { assume: ({ value }) => value, inserted: new Map() };

function createWidening(hyperparameter: Hyperparameter, layers: ReadonlySet<Call>): Widening {
  const { range, value } = hyperparameter;
  const own = extent(value);
  const choices = range.kind === 'categorical' ? range.choices : [];
  const larger = choices.filter((choice) => !isWithin(choice, value)).sort((a, b) => extent(a) - extent(b));
  // A choice that is larger on one side and smaller on another is compared with nothing.
  return { hyperparameter, layers, larger: larger.filter((choice) => extent(choice) >= own), taken: 0 };
}

function narrowed({ hyperparameter, layers, larger, taken }: Widening, numbers: LayerNumbers): Hyperparameter {
  const { range, value } = hyperparameter;
  if (range.kind !== 'categorical') {
    if (typeof value !== 'number') return hyperparameter;
    const least = Math.min(value, Math.max(1, range.low));
    return { ...hyperparameter, range: { kind: 'int', low: least, high: value, log: range.log } };
  }
  const least = Math.max(1, ...[...layers].map((layer) => leastWindow(layer, numbers)));
  const rigid = hyperparameter.name === 'strides' && [...layers].some(isDilated);
  const allowed = range.choices.filter((choice) => {
    if (JSON.stringify(choice) === JSON.stringify(value)) return true;
    if (rigid) return false;
    return larger.indexOf(choice) !== -1
      ? larger.indexOf(choice) < taken
      : isWithin(choice, value) && (hyperparameter.name !== 'pool_size' || smallest(choice) >= least);
  });
  return { ...hyperparameter, range: { kind: 'categorical', choices: allowed } };
}

/** Which layers' windows and steps are written at a place. */
function spatialUses(layers: readonly Layer[], numbers: LayerNumbers): ReadonlyMap<string, Set<Call>> {
  const uses = new Map<string, Set<Call>>();
  for (const { call } of layers) {
    for (const [name, { keys }] of numbers.of(call)) {
      if (!SPATIAL.has(name)) continue;
      for (const key of keys) uses.set(key, (uses.get(key) ?? new Set()).add(call));
    }
  }
  return uses;
}

/** PyTorch wants a pool to be at least twice its padding. */
function leastWindow(layer: Call, numbers: LayerNumbers): number {
  const padding = /Pool\dd$|pool\dd$/u.test(layer.name) ? numbers.argument(layer, 'padding')?.value : null;
  return typeof padding === 'number' ? padding * 2 : padding == null ? 1 : Number.POSITIVE_INFINITY;
}

/** Keras takes no steps above 1 where a window is spread. */
function isDilated(layer: Call): boolean {
  const spread = argumentOf(layer, 'dilation_rate');
  return spread !== null && !(spread.value.kind === 'literal' && spread.value.value === 1);
}

function sidesOf(value: HyperparameterValue): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [value];
}

function extent(value: HyperparameterValue): number {
  return Math.max(...sidesOf(value).map(Number));
}

function smallest(value: HyperparameterValue): number {
  return Math.min(...sidesOf(value).map(Number));
}

/** Whether no side of a value is larger than that of another. */
function isWithin(value: HyperparameterValue, other: HyperparameterValue): boolean {
  const sides = sidesOf(other);
  return sidesOf(value).every((side, axis) => Number(side) <= Number(sides[axis] ?? sides[0]));
}

function keyOfEdit({ path, cell, start, end }: Edit): string {
  return `${path}:${cell ?? ''}:${start}:${end}`;
}
