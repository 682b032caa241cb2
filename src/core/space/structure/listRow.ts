import type { Expression } from '../../python/Ast.ts';
import type { Call, SequenceValue, Value } from '../../python/flow/Value.ts';
import { layerKind } from './layerKind.ts';
import type { LayerRow, RowItem } from './LayerRow.ts';
import { indentAt, lineBreakOf } from './ownLines.ts';

/** The layers that a chain is given as a list or one by one: `Sequential([...])`, `nn.Sequential(...)`; null where they are given otherwise. */
export function listRow(chain: Call, framework: LayerRow['framework']): LayerRow | null {
  const [first] = chain.args;
  if (first === undefined || chain.args.some(({ splat }) => splat !== 0)) return null;
  const list = first.value.kind === 'sequence' ? first.value : null;
  const expressions = list === null ? chain.args.map(({ expression }) => expression) : itemsOf(list);
  const values = list === null ? chain.args.map(({ value }) => value) : list.items;
  const positional = chain.args.every(({ keyword }) => keyword === null);
  if (expressions?.length !== values.length || (list === null && !positional)) return null;
  const items = values.map((value, index) => itemAt(value, expressions, index));
  const [source] = expressions.map((expression) => expression.source);
  if (source === undefined || items.some((item) => item === null)) return null;
  return { source, framework, items: items.filter((item) => item !== null) };
}

/** The expressions of a list that is written out, where nothing was added to it since. */
function itemsOf(list: SequenceValue): readonly Expression[] | null {
  const node = list.node as Expression;
  return !list.open && 'kind' in node && node.kind === 'sequence' && node.type !== 'set' ? node.items : null;
}

function itemAt(value: Value, expressions: readonly Expression[], index: number): RowItem | null {
  const node = expressions[index];
  if (node === undefined || node.kind === 'starred' || value.kind !== 'result') return null;
  const own = node.kind === 'call' && value.call.node === node;
  const { text } = node.source;
  const [before, next] = [expressions[index - 1], expressions[index + 1]];
  const after = next === undefined ? null : endAfter(node, next);
  const from = before === undefined ? null : endAfter(before, node);
  if ((next !== undefined && after === null) || (before !== undefined && from === null)) return null;
  const broken = next !== undefined && after !== null && text.slice(after, next.start).includes('\n');
  const separator = next !== undefined && broken ? `${lineBreakOf(text)}${indentAt(text, next.start)}` : ' ';
  return {
    call: value.call,
    node,
    kind: own ? layerKind(value.call) : 'other',
    after,
    removal: !own || from === null || after === null ? null : { start: from, end: after },
    wrap: (code) => [separator, ...code, ','],
  };
}

/** Where an item ends with its comma, and with a comment that ends the line; null where something else stands between the two. */
function endAfter(item: Expression, next: Expression): number | null {
  const between = item.source.text.slice(item.end, next.start);
  const own = /^[ \t]*,(?:[ \t]*#[^\r\n]*)?/u.exec(between)?.[0];
  if (own === undefined || !/^(?:\s|\\\r?\n|#[^\r\n]*(?:\r?\n))*$/u.test(between.slice(own.length))) return null;
  return item.end + own.length;
}
