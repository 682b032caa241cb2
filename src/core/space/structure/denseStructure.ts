import { argumentOf, type Call } from '../../python/flow/Value.ts';
import type { StructuralChange } from '../SearchSpace.ts';
import { copyLayer, inputAndOutput } from './copyLayer.ts';
import type { LayerRow, Pieces } from './LayerRow.ts';
import { changeAt, insertAfter, removeItems, stepsUntilNull, type StructureDraft } from './StructureDraft.ts';
import { itemsOf, unitsOf, type Unit } from './unitsOf.ts';

const MOST_ADDED = 2;

/** How many hidden dense layers stand in a row of layers, for each run of them: more are like the last, fewer leave out the last. */
export function denseStructure(
  row: LayerRow,
  outputs: ReadonlySet<Call>,
  sizeOf: (call: Call) => number | null,
): StructureDraft[] {
  return runsOf(unitsOf(row, ['dense']).filter(({ item }) => !outputs.has(item.call))).flatMap((run) => {
    const [first, last] = [run[0], run.at(-1)];
    if (first === undefined || last === undefined || isWaisted(run.map(({ item }) => sizeOf(item.call)))) return [];
    const copy = copyOf(last);
    const added = copy === null ? null : insertAfter(itemsOf(last).at(-1) ?? last.item, copy);
    const more = added === null ? [] : Array.from({ length: MOST_ADDED }, () => [added]);
    const fewer = stepsUntilNull(run.toReversed().map((unit) => removalOf(unit, row, last)));
    return [{ name: 'dense', place: first.item.node, value: run.length, more, fewer }];
  });
}

/** Units that follow one another directly. */
function runsOf(units: readonly Unit[]): Unit[][] {
  const runs: Unit[][] = [];
  for (const unit of units) {
    const run = runs.at(-1);
    if (run?.at(-1)?.last === unit.index - 1) run.push(unit);
    else runs.push([unit]);
  }
  return runs;
}

/** Sizes that shrink and grow again are an encoder's and a decoder's. */
function isWaisted(sizes: readonly (number | null)[]): boolean {
  const known = sizes.filter((size) => size !== null);
  return known.some(
    (size, index) => known.slice(0, index).some((before) => before > size) && known.slice(index).some((after) => after > size),
  );
}

/** A layer like the unit's, with its activation where that is a layer of its own. */
export function copyOf({ item, followers }: Unit): Pieces[] | null {
  const layer = copyLayer(item);
  const separate = argumentOf(item.call, 'activation') === null ? followers.find(({ kind }) => kind === 'activation') : undefined;
  if (separate === undefined) return layer && [layer];
  const activation = copyLayer(separate);
  return layer && activation && [layer, activation];
}

/** Takes a unit away; the layer after the run then takes in what the unit took in. Null where nothing comes after that could. */
function removalOf(unit: Unit, row: LayerRow, last: Unit): StructuralChange[] | null {
  if (unit.item.call.args.some(({ keyword }) => keyword?.startsWith('input_') === true || keyword?.startsWith('batch_') === true))
    return null;
  const next = row.items.slice(last.last + 1).find(({ kind }) => kind === 'dense' || kind === 'other' || kind === 'recurrent');
  const removed = removeItems(itemsOf(unit));
  if (removed === null || next?.kind !== 'dense') return null;
  const [own, following] = [inputAndOutput(unit.item.call), inputAndOutput(next.call)];
  if (own === null || following === null) return null;
  if (own.input === null && following.input === null) return removed;
  if (own.input === null || following.input === null) return null;
  const { start, end } = following.input;
  return [...removed, changeAt(row.source, start, end, [{ start: own.input.start, end: own.input.end }])];
}
