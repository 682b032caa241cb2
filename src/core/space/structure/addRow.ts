import type { Expression } from '../../python/Ast.ts';
import type { Call } from '../../python/flow/Value.ts';
import type { Parents } from '../Parents.ts';
import { layerKind } from './layerKind.ts';
import type { LayerRow, RowItem } from './LayerRow.ts';
import { indentAt, ownLines } from './ownLines.ts';

/** The layers that `add` gives a chain, statement by statement; null where one of them is added in a loop, a branch or otherwise. */
export function addRow(chain: Call, adds: readonly Call[], parents: Parents): LayerRow | null {
  const [first] = adds;
  if (first === undefined) return null;
  const { source } = chain.node;
  const indent = indentAt(source.text, chain.node.start);
  const items = adds.map((call) =>
    call.node.source === source && call.loops.length === chain.loops.length && call.within === chain.within
      ? itemOf(call, indent, parents)
      : null,
  );
  if (items.some((item) => item === null)) return null;
  return { source, framework: 'keras', items: items.filter((item) => item !== null) };
}

function itemOf(add: Call, indent: string, parents: Parents): RowItem | null {
  const [argument, ...more] = add.args;
  const node = add.node as Expression;
  const layer = argument?.expression;
  if (add.name !== 'add' || more.length > 0 || layer?.kind !== 'call' || !('kind' in node) || node.kind !== 'call') return null;
  const { value } = argument ?? {};
  const statement = parents.of(node);
  if (value?.kind !== 'result' || value.call.node !== layer || statement === null || !('kind' in statement)) return null;
  const lines = statement.kind === 'expression' ? ownLines(statement) : null;
  if (lines === null || lines.indent !== indent) return null;
  const callee = { start: node.callee.start, end: node.callee.end };
  return {
    call: value.call,
    node: layer,
    kind: layerKind(value.call),
    after: lines.end,
    // The first line of a cell has no line break before it.
    removal: lines.start < lines.lineStart ? { start: lines.start, end: lines.end } : null,
    wrap: (code) => [`${lines.lineBreak}${indent}`, callee, '(', ...code, ')'],
  };
}
