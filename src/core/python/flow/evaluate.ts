import type { ComprehensionExpression, Expression, NameExpression } from '../Ast.ts';
import { BUILTINS } from './builtins.ts';
import type { Interpreter } from './Interpreter.ts';
import { itemAt, iterate } from './iterate.ts';
import { Scope } from './Scope.ts';
import { truthOf } from './truthOf.ts';
import { choiceOf, UNKNOWN, type CallArgument, type DictValue, type Value } from './Value.ts';

/** What an expression may be, given the names of a scope; calls in it are followed. */
export function evaluate(expression: Expression, scope: Scope, interpreter: Interpreter): Value {
  const value = (inner: Expression): Value => interpreter.evaluate(inner, scope);
  switch (expression.kind) {
    case 'name':
      return read(lookup(expression, scope, interpreter), interpreter);
    case 'literal':
      return { kind: 'literal', value: expression.value, node: expression };
    case 'attribute':
      return read(interpreter.attribute(value(expression.object), expression.name), interpreter);
    case 'call': {
      const callee = value(expression.callee);
      const args = expression.args.map((argument): CallArgument => ({
        keyword: argument.keyword,
        splat: argument.splat,
        value: value(argument.value),
        expression: argument.value,
      }));
      return interpreter.apply(callee, spread(args), expression);
    }
    case 'subscript': {
      const [index, ...more] = expression.indices.map(value);
      return read(itemAt(value(expression.object), index === undefined || more.length > 0 ? UNKNOWN : index), interpreter);
    }
    case 'sequence':
      return {
        kind: 'sequence',
        type: expression.type,
        items: expression.items.flatMap((item) => spreadItem(item, value)),
        open: false,
        node: expression,
      };
    case 'dict': {
      const dict: DictValue = { kind: 'dict', entries: new Map(), rest: [], node: expression };
      for (const entry of expression.entries) addEntry(dict, entry.key && value(entry.key), value(entry.value));
      return dict;
    }
    case 'operation':
      return operate(expression.operator, expression.operands.map(value), expression);
    case 'conditional': {
      const truth = truthOf(expression.test, scope, interpreter);
      value(expression.test);
      return choiceOf([
        ...(truth === false ? [] : [value(expression.then)]),
        ...(truth === true ? [] : [value(expression.otherwise)]),
      ]);
    }
    case 'lambda': {
      const defaults = new Map(
        expression.parameters.flatMap((parameter) =>
          parameter.fallback ? [[parameter.name, value(parameter.fallback)] as const] : [],
        ),
      );
      return { kind: 'function', definition: expression, scope, self: null, owner: null, defaults };
    }
    case 'comprehension':
      return comprehend(expression, scope, interpreter);
    case 'starred':
      return value(expression.value);
    case 'named': {
      const named = value(expression.value);
      scope.assign(expression.target.id, named);
      return named;
    }
    case 'opaque':
      return { kind: 'derived', from: expression.parts.map(value), node: expression };
  }
}

/** Keeps the numbers that names and keys stand for where they are used. */
function read(value: Value, interpreter: Interpreter): Value {
  if (interpreter.live && value.kind === 'literal' && typeof value.value === 'number') interpreter.read.add(value);
  return value;
}

function lookup(name: NameExpression, scope: Scope, interpreter: Interpreter): Value {
  const bound = scope.lookup(name.id);
  if (bound !== undefined) return bound;
  const { stars } = scope.module;
  const star = stars.findLast((module) => interpreter.exports(module, name.id));
  if (star !== undefined) return { kind: 'external', path: `${star}.${name.id}` };
  if (BUILTINS.has(name.id)) return { kind: 'external', path: `builtins.${name.id}` };
  const last = stars.at(-1);
  if (last !== undefined) return { kind: 'external', path: `${last}.${name.id}` };
  if (interpreter.tries === 0)
    interpreter.missing.push({ name: name.id, node: name, order: interpreter.calls.length, live: interpreter.live });
  return UNKNOWN;
}

function operate(operator: string, operands: readonly Value[], node: Expression): Value {
  const [left, right] = operands;
  if (operator === '+' && left?.kind === 'sequence' && right?.kind === 'sequence') {
    return { ...left, items: [...left.items, ...right.items], open: left.open || right.open, node };
  }
  if (operator === 'or' || operator === 'and') return choiceOf(operands);
  return { kind: 'derived', from: operands, node };
}

function comprehend(expression: ComprehensionExpression, scope: Scope, interpreter: Interpreter): Value {
  const inner = new Scope('function', scope);
  for (const clause of expression.clauses)
    interpreter.bind(clause.target, iterate(interpreter.evaluate(clause.iterable, inner)), inner);
  for (const condition of expression.conditions) interpreter.evaluate(condition, inner);
  const [clause] = expression.clauses;
  interpreter.frame.loops.push({ iterable: null, target: clause?.target ?? null });
  const element = interpreter.evaluate(expression.element, inner);
  const key = expression.key && interpreter.evaluate(expression.key, inner);
  interpreter.frame.loops.pop();
  if (key === null) return { kind: 'sequence', type: 'list', items: [element], open: true, node: expression };
  return { kind: 'dict', entries: new Map(), rest: [element], node: expression };
}

function spreadItem(item: Expression, value: (inner: Expression) => Value): Value[] {
  const inner = value(item);
  return item.kind === 'starred' && inner.kind === 'sequence' ? inner.items : [inner];
}

function addEntry(dict: DictValue, key: Value | null, value: Value): void {
  if (key?.kind === 'literal') dict.entries.set(key.value, value);
  else if (key === null && value.kind === 'dict') {
    for (const [name, entry] of value.entries) dict.entries.set(name, entry);
    dict.rest.push(...value.rest);
  } else dict.rest.push(value);
}

/** Arguments with `*list` and `**dict` laid out where they are known. */
function spread(args: readonly CallArgument[]): CallArgument[] {
  return args.flatMap((argument): CallArgument[] => {
    const { value, expression } = argument;
    if (argument.splat === 1 && value.kind === 'sequence' && !value.open)
      return value.items.map((item) => ({ keyword: null, splat: 0, value: item, expression }));
    if (argument.splat === 2 && value.kind === 'dict' && value.rest.length === 0) {
      return [...value.entries].map(([key, entry]) => ({ keyword: String(key), splat: 0, value: entry, expression }));
    }
    return [argument];
  });
}
