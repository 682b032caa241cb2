import type { Expression } from '../python/Ast.ts';

const OPERATORS: Readonly<Record<string, (left: number, right: number) => number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '//': (left, right) => Math.floor(left / right),
  '**': (left, right) => left ** right,
};

/** The number that arithmetic on number literals gives, as `10**-3`; null for all else. */
export function foldConstant(expression: Expression): number | null {
  if (expression.kind === 'literal') return typeof expression.value === 'number' ? expression.value : null;
  if (expression.kind !== 'operation') return null;
  const [left, right] = expression.operands.map(foldConstant);
  if (left == null) return null;
  if (expression.operands.length === 1) return expression.operator === '-' ? -left : null;
  const operate = OPERATORS[expression.operator];
  const value = right == null || operate === undefined ? Number.NaN : operate(left, right);
  return Number.isFinite(value) ? value : null;
}
