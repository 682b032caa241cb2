import type { Trace } from '../../python/flow/followModule.ts';
import type { Call } from '../../python/flow/Value.ts';
import type { StructuralChange } from '../SearchSpace.ts';
import { copyLayer, inputAndOutput } from './copyLayer.ts';
import type { LayerRow, Pieces, RowItem } from './LayerRow.ts';
import { siblingName } from './siblingName.ts';
import { insertAfter, removeItems, stepsUntilNull, type StructureDraft } from './StructureDraft.ts';
import { unitsOf, type Unit } from './unitsOf.ts';

const MOST_ADDED = 2;

/** How many dropout layers a row has: each can go, the last first; more come after hidden layers without one, the last first. */
export function dropoutStructure(row: LayerRow, outputs: ReadonlySet<Call>, trace: Trace): StructureDraft[] {
  const kinds = row.framework === 'keras' ? (['dense', 'recurrent', 'pooling'] as const) : (['dense', 'pooling'] as const);
  const places = unitsOf(row, kinds).filter(({ item, followers }) => !outputs.has(item.call) && !has(followers, 'dropout'));
  const existing = row.items.filter(({ kind }) => kind === 'dropout');
  return draft(
    'dropout',
    row,
    existing,
    places.map((unit) => withLayer(unit, unit.followers.at(-1) ?? unit.item, existing.at(-1), 'Dropout', ['(0.2)'], trace)),
  );
}

/** How many batch normalisations a row has; more come right after hidden layers without one. In PyTorch only pictures are normalised: a batch of one row has no spread. */
export function normalizationStructure(row: LayerRow, outputs: ReadonlySet<Call>, trace: Trace): StructureDraft[] {
  const keras = row.framework === 'keras';
  const places = unitsOf(row, keras ? ['dense', 'convolution'] : ['convolution']).filter(
    ({ item, followers }) =>
      !outputs.has(item.call) && !has(followers, 'normalization') && (keras || item.call.name === 'Conv2d'),
  );
  const existing = row.items.filter(({ kind }) => kind === 'normalization');
  return draft(
    'normalization',
    row,
    existing,
    places.map((unit) => normalized(unit, keras ? existing.at(-1) : undefined, trace)),
  );
}

function normalized(unit: Unit, like: RowItem | undefined, trace: Trace): StructuralChange[] | null {
  const { item } = unit;
  const output = inputAndOutput(item.call)?.output ?? null;
  if (output === null) return withLayer(unit, item, like, 'BatchNormalization', ['()'], trace);
  return withLayer(unit, item, like, 'BatchNorm2d', ['(', { start: output.start, end: output.end }, ')'], trace);
}

function draft(
  name: 'dropout' | 'normalization',
  row: LayerRow,
  existing: readonly RowItem[],
  added: readonly (StructuralChange[] | null)[],
): StructureDraft[] {
  const fewer = stepsUntilNull(existing.toReversed().map((item) => removeItems([item])));
  const more = added
    .filter((step) => step !== null)
    .toReversed()
    .slice(0, MOST_ADDED);
  const [first] = [...existing, ...row.items.filter(({ kind }) => kind !== 'other')];
  return first === undefined ? [] : [{ name, place: first.node, value: existing.length, more, fewer }];
}

function has(items: readonly RowItem[], kind: RowItem['kind']): boolean {
  return items.some((item) => item.kind === kind);
}

/** A layer of a unit after an item of it, like one that is there already, or new. */
function withLayer(
  unit: Unit,
  item: RowItem,
  like: RowItem | undefined,
  name: string,
  args: Pieces,
  trace: Trace,
): StructuralChange[] | null {
  const copied = like === undefined ? null : copyLayer(like);
  const written = copied === null ? siblingName(item.node, name, trace) : { pieces: copied, imports: [] };
  if (written === null) return null;
  const inserted = insertAfter(item, [copied === null ? [...written.pieces, ...args] : written.pieces], unit.item);
  return inserted && [inserted, ...written.imports];
}
