import type { AssignStatement, CallExpression, Expression } from '../../python/Ast.ts';
import type { Call, Value } from '../../python/flow/Value.ts';
import type { Parents } from '../Parents.ts';
import { keyOf } from '../Site.ts';
import { partsOf } from '../tensorsOf.ts';
import { layerKind } from './layerKind.ts';
import type { LayerRow, RowItem } from './LayerRow.ts';
import { ownLines } from './ownLines.ts';

interface Application {
  readonly call: Call;
  readonly layer: Call;
  readonly layerNode: CallExpression;
  readonly statement: AssignStatement;
  readonly target: string;
  readonly given: string;
}

/** Rows of statements such as `x = Dense(5)(x)`, each fed by the one before alone. */
export function tensorRows(calls: readonly Call[], parents: Parents): LayerRow[] {
  const uses = usesOf(calls);
  const seen = new Set<string>();
  const rows: Application[][] = [];
  const ends = new Map<Call, Application[]>();
  for (const call of calls) {
    const application = applicationOf(call, parents);
    if (application === null || seen.has(keyOf(call.node))) continue;
    seen.add(keyOf(call.node));
    const [input] = call.args;
    const before = input?.value.kind === 'result' ? input.value.call : null;
    const row = before !== null && uses.get(before)?.size === 1 ? ends.get(before) : undefined;
    const last = row?.at(-1);
    const follows = last !== undefined && last.target === application.given && isNext(last, application);
    const own = follows && row !== undefined ? row : [];
    if (!follows) rows.push(own);
    own.push(application);
    if (before !== null && follows) ends.delete(before);
    ends.set(call, own);
  }
  return rows.flatMap((row) => rowOf(row) ?? []);
}

function rowOf(row: readonly Application[]): LayerRow | null {
  const items = row.map((application): RowItem | null => {
    const { statement, target, given, layer, layerNode } = application;
    const lines = ownLines(statement);
    if (lines === null) return null;
    return {
      call: layer,
      node: layerNode,
      kind: layerKind(layer),
      after: lines.end,
      removal: target === given && lines.start < lines.lineStart ? { start: lines.start, end: lines.end } : null,
      wrap: (code) => [`${lines.lineBreak}${lines.indent}${target} = `, ...code, `(${target})`],
    };
  });
  const [first] = row;
  if (first === undefined || items.some((item) => item === null)) return null;
  return { source: first.statement.source, framework: 'keras', items: items.filter((item) => item !== null) };
}

/** In the same block, further down. */
function isNext(before: Application, after: Application): boolean {
  const [first, second] = [ownLines(before.statement), ownLines(after.statement)];
  return (
    before.statement.source === after.statement.source &&
    before.call.within === after.call.within &&
    before.call.loops.length === after.call.loops.length &&
    first !== null &&
    first.indent === second?.indent &&
    first.end <= second.lineStart
  );
}

function applicationOf(call: Call, parents: Parents): Application | null {
  const node = call.node as Expression;
  if (call.callee.kind !== 'result' || !('kind' in node) || node.kind !== 'call' || call.args.length !== 1) return null;
  const layer = call.callee.call;
  const [argument] = call.args;
  const statement = parents.of(node);
  if (node.callee.kind !== 'call' || layer.node !== node.callee || layer.callee.kind !== 'external') return null;
  if (argument?.expression.kind !== 'name' || argument.keyword !== null || argument.splat !== 0) return null;
  if (statement === null || !('kind' in statement) || statement.kind !== 'assign' || statement.operator !== null) return null;
  const [target, ...more] = statement.targets;
  if (target?.kind !== 'name' || more.length > 0 || statement.value !== node) return null;
  return { call, layer, layerNode: node.callee, statement, target: target.id, given: argument.expression.id };
}

/** The places that take the result of each call. */
function usesOf(calls: readonly Call[]): ReadonlyMap<Call, ReadonlySet<string>> {
  const uses = new Map<Call, Set<string>>();
  const note = (value: Value, call: Call): void => {
    if (value.kind === 'result') uses.set(value.call, (uses.get(value.call) ?? new Set()).add(keyOf(call.node)));
    else if (value.kind === 'choice') for (const option of value.options) note(option, call);
    else if (value.kind === 'member') note(value.object, call);
    else if (value.kind === 'item') note(value.of, call);
    else if (value.kind === 'derived') for (const from of value.from) note(from, call);
  };
  for (const call of calls) {
    if (call.callee.kind !== 'result') note(call.callee, call);
    for (const { value } of call.args) for (const part of partsOf(value)) note(part, call);
  }
  return uses;
}
