import type { Expression, LiteralValue } from '../Ast.ts';
import type { Interpreter } from './Interpreter.ts';
import { CommandLine } from './CommandLine.ts';
import type { Scope } from './Scope.ts';
import type { Value } from './Value.ts';

/** What comparisons say where both sides are equal. */
const EQUALITY: Readonly<Record<string, boolean>> = { '==': true, is: true, '!=': false, 'is not': false };

/**
 * Whether a condition holds: true or false where it is certain, else null. Names count only outside loops, for a loop's body is
 * followed once while its names may change.
 */
export function truthOf(test: Expression, scope: Scope, interpreter: Interpreter): boolean | null {
  if (test.kind === 'operation') {
    const [left, right] = test.operands;
    if (left === undefined) return null;
    const first = (): boolean | null => truthOf(left, scope, interpreter);
    if (test.operator === 'not') {
      const truth = first();
      return truth === null ? null : !truth;
    }
    if (right === undefined) return null;
    if (test.operator === 'and' || test.operator === 'or') {
      const truths = test.operands.map((operand) => truthOf(operand, scope, interpreter));
      const decisive = test.operator === 'or';
      if (truths.includes(decisive)) return decisive;
      return truths.includes(null) ? null : !decisive;
    }
    const equal = EQUALITY[test.operator];
    if (equal === undefined) return null;
    const [one, other] = [left, right].map((side) => knownOf(side, scope, interpreter));
    // A library gives its hooks what their defaults leave open.
    const open = [left, right].some((side, index) => side.kind === 'name' && [one, other][index] === null);
    return one === undefined || other === undefined || open ? null : (one === other) === equal;
  }
  const literal = literalOf(test, scope, interpreter);
  return literal === undefined ? null : Boolean(literal);
}

function literalOf(expression: Expression, scope: Scope, interpreter: Interpreter): LiteralValue | undefined {
  if (expression.kind === 'literal') return expression.value;
  if (expression.kind !== 'name') return undefined;
  const value = scope.lookup(expression.id);
  if (value?.kind !== 'literal') return undefined;
  return interpreter.frame.loops.length > 0 && expression.id !== '__name__' ? undefined : value.value;
}

function knownOf(expression: Expression, scope: Scope, interpreter: Interpreter): LiteralValue | undefined {
  const literal = literalOf(expression, scope, interpreter);
  return literal === undefined ? optionOf(expression, scope, interpreter) : literal;
}

/** What an option of the command line has, `args.model`; a switch may be thrown at any time. */
function optionOf(expression: Expression, scope: Scope, interpreter: Interpreter): LiteralValue | undefined {
  if (expression.kind !== 'attribute' && expression.kind !== 'subscript') return undefined;
  const holder = rootOf(expression);
  if (holder?.kind !== 'name' || scope.lookup(holder.id) === undefined) return undefined;
  const option: Value | null = new CommandLine(interpreter.calls, interpreter.words).valueOf(
    interpreter.evaluate(expression, scope),
  );
  return option?.kind === 'literal' && typeof option.value !== 'boolean' ? option.value : undefined;
}

function rootOf(expression: Expression): Expression | null {
  let root = expression;
  while (root.kind === 'attribute' || root.kind === 'subscript') root = root.object;
  return root;
}
