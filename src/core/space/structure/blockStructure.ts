import type { Call } from '../../python/flow/Value.ts';
import { sizeOf, type Outcome } from '../shapes/Shape.ts';
import { copyLayer } from './copyLayer.ts';
import { copyOf } from './denseStructure.ts';
import { isFollower } from './layerKind.ts';
import type { LayerRow, RowItem } from './LayerRow.ts';
import { insertAfter, removeItems, type StructureDraft } from './StructureDraft.ts';
import { unitsOf } from './unitsOf.ts';

const MOST_ADDED = 2;
/** A network that has more numbers than this where it flattens its pictures would hardly fit into memory. */
const MOST_FLATTENED = 100_000;

interface Block {
  readonly items: readonly RowItem[];
  readonly pool: RowItem;
}

/**
 * How many blocks of convolutions and a pooling layer a row of Keras layers begins with. More are like the last, with one convolution;
 * the last goes where at least one stays and what is flattened stays small enough.
 */
export function blockStructure(row: LayerRow, outcomes: ReadonlyMap<Call, Outcome>): StructureDraft[] {
  if (row.framework !== 'keras') return [];
  const blocks = blocksOf(row);
  const [first, last] = [blocks[0], blocks.at(-1)];
  if (first === undefined || last === undefined) return [];
  const convolution = unitsOf({ ...row, items: last.items }, ['convolution']).at(-1);
  const copy = convolution === undefined ? null : copyOf(convolution);
  const pool = copyLayer(last.pool);
  const end = last.items.at(-1);
  const added = copy === null || pool === null || end === undefined ? null : insertAfter(end, [...copy, pool]);
  const removed = blocks.length > 1 && staysSmall(blocks.at(-2)?.pool, row, outcomes) ? removeItems(last.items) : null;
  if (convolution === undefined) return [];
  return [
    {
      name: 'blocks',
      place: first.items[0]?.node ?? first.pool.node,
      value: blocks.length,
      more: added === null ? [] : Array.from({ length: MOST_ADDED }, () => [added]),
      fewer: removed === null ? [] : [removed],
      growth: { after: last.pool.call, layers: [convolution.item.call, last.pool.call], most: MOST_ADDED },
    },
  ];
}

function blocksOf({ items }: LayerRow): Block[] {
  const blocks: Block[] = [];
  let open: RowItem[] = [];
  for (const [index, item] of items.entries()) {
    if (open.length === 0 && item.kind !== 'convolution') {
      if (blocks.length > 0 && !isFollower(item.kind)) break;
      continue;
    }
    if (item.kind !== 'convolution' && item.kind !== 'pooling' && !isFollower(item.kind)) break;
    open.push(item);
    if (item.kind !== 'pooling') continue;
    const next = items.slice(index + 1).findIndex(({ kind }) => !isFollower(kind));
    const followers = next === -1 ? [] : items.slice(index + 1, index + 1 + next);
    blocks.push({ items: [...open, ...followers], pool: item });
    open = [];
  }
  return blocks;
}

function staysSmall(pool: RowItem | undefined, row: LayerRow, outcomes: ReadonlyMap<Call, Outcome>): boolean {
  const flatten = row.items.find(({ kind }) => kind === 'flatten');
  if (flatten === undefined || pool === undefined) return false;
  if (flatten.call.name !== 'Flatten') return true;
  const size = sizeOf(outcomes.get(pool.call)?.shape ?? null);
  return size !== null && size <= MOST_FLATTENED;
}
