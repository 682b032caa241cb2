import type { Argument, Expression, Parameter, Statement } from './Ast.ts';
import { walkStatements } from './walkStatements.ts';

/** Every expression of a program, those within others included; without recursion. `isOfInterest` is for bodies that were not read yet. */
export function* walkExpressions(
  statements: readonly Statement[],
  isOfInterest?: (text: string) => boolean,
): Generator<Expression> {
  const open: Expression[] = [];
  for (const statement of walkStatements(statements, isOfInterest)) {
    pushParts(statement, open);
    for (let expression = open.pop(); expression !== undefined; expression = open.pop()) {
      yield expression;
      pushOperands(expression, open);
    }
  }
}

/** The expressions of a statement itself; its blocks are statements of their own. */
function pushParts(statement: Statement, open: Expression[]): void {
  switch (statement.kind) {
    case 'expression':
      open.push(statement.value);
      return;
    case 'assign':
      open.push(...statement.targets);
      if (statement.value !== null) open.push(statement.value);
      return;
    case 'function':
      open.push(...statement.decorators);
      pushFallbacks(statement.parameters, open);
      return;
    case 'class':
      open.push(...statement.decorators);
      pushValues(statement.bases, open);
      return;
    case 'if':
    case 'while':
      open.push(statement.test);
      return;
    case 'for':
      open.push(statement.target, statement.iterable);
      return;
    case 'with':
      for (const { value, target } of statement.items) open.push(...(target === null ? [value] : [value, target]));
      return;
    case 'return':
      if (statement.value !== null) open.push(statement.value);
      return;
    case 'simple':
      open.push(...statement.values);
      return;
    case 'import':
    case 'try':
      return;
  }
}

function pushOperands(expression: Expression, open: Expression[]): void {
  switch (expression.kind) {
    case 'name':
    case 'literal':
      return;
    case 'attribute':
      open.push(expression.object);
      return;
    case 'call':
      open.push(expression.callee);
      pushValues(expression.args, open);
      return;
    case 'subscript':
      open.push(expression.object, ...expression.indices);
      return;
    case 'sequence':
      for (const item of expression.items) open.push(item);
      return;
    case 'dict':
      for (const { key, value } of expression.entries) open.push(...(key === null ? [value] : [key, value]));
      return;
    case 'operation':
      open.push(...expression.operands);
      return;
    case 'conditional':
      open.push(expression.test, expression.then, expression.otherwise);
      return;
    case 'lambda':
      pushFallbacks(expression.parameters, open);
      open.push(expression.body);
      return;
    case 'comprehension':
      if (expression.key !== null) open.push(expression.key);
      open.push(expression.element, ...expression.conditions);
      for (const { target, iterable } of expression.clauses) open.push(target, iterable);
      return;
    case 'starred':
      open.push(expression.value);
      return;
    case 'named':
      open.push(expression.target, expression.value);
      return;
    case 'opaque':
      for (const part of expression.parts) open.push(part);
  }
}

function pushValues(args: readonly Argument[], open: Expression[]): void {
  for (const { value } of args) open.push(value);
}

function pushFallbacks(parameters: readonly Parameter[], open: Expression[]): void {
  for (const { fallback } of parameters) if (fallback !== null) open.push(fallback);
}
