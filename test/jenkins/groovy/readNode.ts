import type { GroovyCall, GroovyClosure, GroovyNode } from './GroovyTree.ts';

/** The statements of a closure, or of a block. */
export function statementsOf(node: GroovyNode): readonly GroovyNode[] {
  if (node.type === 'closure') return statementsOf(node.body);
  return node.type === 'block' ? node.body : [node];
}

/** What a statement evaluates; the statement itself where it is no expression. */
export function expressionOf(statement: GroovyNode): GroovyNode {
  return statement.type === 'expression' || statement.type === 'return' ? statement.value : statement;
}

/** A statement that calls something on no object: a step or a directive. Null for any other. */
export function bareCall(statement: GroovyNode): GroovyCall | null {
  const node = expressionOf(statement);
  return node.type === 'call' && node.object === null ? node : null;
}

/** The name of what is called; null where it is computed. */
export function methodName(call: GroovyCall): string | null {
  return call.method.type === 'constant' && typeof call.method.value === 'string' ? call.method.value : null;
}

/** A literal text; null for anything that is computed. */
export function textOf(node: GroovyNode | undefined): string | null {
  return node?.type === 'constant' && typeof node.value === 'string' ? node.value : null;
}

/** The closure that ends a call's arguments; null where there is none. */
export function closureOf(call: GroovyCall): GroovyClosure | null {
  const last = call.arguments.at(-1);
  return last?.type === 'closure' ? last : null;
}

/** A call's arguments by name, those without a name in order, without a closing closure. */
export function argumentsOf(call: GroovyCall): {
  readonly named: ReadonlyMap<string, GroovyNode>;
  readonly positional: readonly GroovyNode[];
} {
  const named = new Map<string, GroovyNode>();
  const positional: GroovyNode[] = [];
  const closure = closureOf(call);
  for (const argument of call.arguments) {
    if (argument === closure) continue;
    if (argument.type !== 'map' || (argument.entries.length === 0 && !call.named)) positional.push(argument);
    else for (const entry of argument.entries) if (entry.type === 'entry') named.set(textOf(entry.key) ?? '?', entry.value);
  }
  return { named, positional };
}

/** All nodes below one, itself included, outer ones first. */
export function* walk(node: GroovyNode): Generator<GroovyNode> {
  yield node;
  for (const value of Object.values(node) as readonly unknown[]) {
    for (const child of Array.isArray(value) ? (value as readonly unknown[]) : [value]) {
      if (isNode(child)) yield* walk(child);
      else if (typeof child === 'object' && child !== null && 'body' in child && isNode(child.body)) yield* walk(child.body);
    }
  }
}

function isNode(value: unknown): value is GroovyNode {
  return typeof value === 'object' && value !== null && 'type' in value;
}
