import type { Argument, Clause, Expression, OpaqueExpression, Parameter, Ranged } from './Ast.ts';
import { parseNumber, parseString } from './literals.ts';
import type { Source } from './Source.ts';
import { fieldOf, fieldsOf, namedChildren, type SyntaxNode } from './SyntaxNode.ts';

/** Deeper than this CPython refuses, too; what lies below becomes opaque. */
export const MAX_DEPTH = 400;

/** Turns a node of the grammar into an expression; what is not modelled becomes opaque, with its parts. */
export function toExpression(node: SyntaxNode, source: Source): Expression {
  if (node.depth > MAX_DEPTH) return { kind: 'opaque', parts: [], ...rangeOf(node, source) };
  const convert = CONVERTERS[node.type];
  return convert === undefined ? opaque(node, source) : convert(node, source);
}

/** The range of a node. */
export function rangeOf(node: SyntaxNode, source: Source): Ranged {
  return { source, start: node.start, end: node.end };
}

/** The parameters of a function or a lambda. */
export function toParameters(node: SyntaxNode | null, source: Source): Parameter[] {
  return node === null ? [] : namedChildren(node).flatMap((child) => toParameter(child, source));
}

/** The arguments of a call or a class. */
export function toArguments(node: SyntaxNode | null, source: Source): Argument[] {
  if (node === null) return [];
  if (node.type === 'generator_expression')
    return [{ keyword: null, splat: 0, value: toExpression(node, source), ...rangeOf(node, source) }];
  return namedChildren(node).flatMap((child): Argument[] => {
    if (child.type === 'ERROR') return [];
    const range = rangeOf(child, source);
    if (child.type === 'keyword_argument') {
      const name = fieldOf(child, 'name');
      const value = fieldOf(child, 'value');
      if (name === null || value === null) return [];
      return [{ keyword: textOf(name, source), splat: 0, value: toExpression(value, source), ...range }];
    }
    const inner = namedChildren(child)[0];
    if (child.type === 'list_splat' && inner) return [{ keyword: null, splat: 1, value: toExpression(inner, source), ...range }];
    if (child.type === 'dictionary_splat' && inner)
      return [{ keyword: null, splat: 2, value: toExpression(inner, source), ...range }];
    return [{ keyword: null, splat: 0, value: toExpression(child, source), ...range }];
  });
}

type Convert = (node: SyntaxNode, source: Source) => Expression;

const sequence =
  (type: 'list' | 'tuple' | 'set'): Convert =>
  (node, source) => ({
    kind: 'sequence',
    type,
    items: parts(node, source),
    ...rangeOf(node, source),
  });

const operation: Convert = (node, source) => {
  const operator = node.children
    .filter((child) => !child.named)
    .map((child) => child.type)
    .join(' ');
  return { kind: 'operation', operator, operands: parts(node, source), ...rangeOf(node, source) };
};

const constant =
  (value: boolean | null): Convert =>
  (node, source) => ({ kind: 'literal', value, ...rangeOf(node, source) });

const starred: Convert = (node, source) => {
  const inner = namedChildren(node)[0];
  return inner === undefined
    ? opaque(node, source)
    : { kind: 'starred', value: toExpression(inner, source), ...rangeOf(node, source) };
};

const comprehension: Convert = (node, source) => {
  const body = fieldOf(node, 'body');
  if (body === null) return opaque(node, source);
  const key = body.type === 'pair' ? fieldOf(body, 'key') : null;
  const element = body.type === 'pair' ? fieldOf(body, 'value') : body;
  const clauses = node.children.flatMap((child): Clause[] => {
    const left = fieldOf(child, 'left');
    const right = fieldOf(child, 'right');
    return child.type === 'for_in_clause' && left && right
      ? [{ target: toExpression(left, source), iterable: toExpression(right, source) }]
      : [];
  });
  const conditions = node.children.filter((child) => child.type === 'if_clause').flatMap((child) => parts(child, source));
  return {
    kind: 'comprehension',
    clauses,
    conditions,
    key: key && toExpression(key, source),
    element: toExpression(element ?? body, source),
    ...rangeOf(node, source),
  };
};

const inner: Convert = (node, source) => {
  const children = namedChildren(node);
  const only = children[0];
  return only !== undefined && children.length === 1 ? toExpression(only, source) : opaque(node, source);
};

const CONVERTERS: Readonly<Record<string, Convert>> = {
  identifier: (node, source) => ({ kind: 'name', id: textOf(node, source), ...rangeOf(node, source) }),
  integer: (node, source) => ({ kind: 'literal', value: parseNumber(textOf(node, source)), ...rangeOf(node, source) }),
  float: (node, source) => ({ kind: 'literal', value: parseNumber(textOf(node, source)), ...rangeOf(node, source) }),
  true: constant(true),
  false: constant(false),
  none: constant(null),
  string: toString,
  concatenated_string: (node, source) => {
    const pieces = parts(node, source).map((part) =>
      part.kind === 'literal' && typeof part.value === 'string' ? part.value : null,
    );
    if (pieces.includes(null)) return opaque(node, source);
    return { kind: 'literal', value: pieces.join(''), ...rangeOf(node, source) };
  },
  attribute: (node, source) => {
    const object = fieldOf(node, 'object');
    const name = fieldOf(node, 'attribute');
    if (object === null || name === null) return opaque(node, source);
    return { kind: 'attribute', object: toExpression(object, source), name: textOf(name, source), ...rangeOf(node, source) };
  },
  call: (node, source) => {
    const callee = fieldOf(node, 'function');
    if (callee === null) return opaque(node, source);
    return {
      kind: 'call',
      callee: toExpression(callee, source),
      args: toArguments(fieldOf(node, 'arguments'), source),
      ...rangeOf(node, source),
    };
  },
  subscript: (node, source) => {
    const object = fieldOf(node, 'value');
    if (object === null) return opaque(node, source);
    const indices = fieldsOf(node, 'subscript').map((child) => toExpression(child, source));
    return { kind: 'subscript', object: toExpression(object, source), indices, ...rangeOf(node, source) };
  },
  list: sequence('list'),
  tuple: sequence('tuple'),
  expression_list: sequence('tuple'),
  pattern_list: sequence('tuple'),
  tuple_pattern: sequence('tuple'),
  list_pattern: sequence('list'),
  set: sequence('set'),
  parenthesized_expression: inner,
  type: inner,
  as_pattern_target: inner,
  dictionary: (node, source) => {
    const entries = namedChildren(node).flatMap((child) => {
      const key = fieldOf(child, 'key');
      const value = child.type === 'pair' ? fieldOf(child, 'value') : namedChildren(child)[0];
      return value ? [{ key: key && toExpression(key, source), value: toExpression(value, source) }] : [];
    });
    return { kind: 'dict', entries, ...rangeOf(node, source) };
  },
  binary_operator: operation,
  unary_operator: (node, source) => {
    const argument = fieldOf(node, 'argument');
    const operator = node.children[0]?.type;
    const value = argument === null ? null : toExpression(argument, source);
    if (operator === '-' && value?.kind === 'literal' && typeof value.value === 'number')
      return { kind: 'literal', value: -value.value, ...rangeOf(node, source) };
    return operation(node, source);
  },
  not_operator: operation,
  boolean_operator: operation,
  comparison_operator: operation,
  conditional_expression: (node, source) => {
    const [then, test, otherwise] = parts(node, source);
    if (then === undefined || test === undefined || otherwise === undefined) return opaque(node, source);
    return { kind: 'conditional', then, test, otherwise, ...rangeOf(node, source) };
  },
  lambda: (node, source) => {
    const body = fieldOf(node, 'body');
    if (body === null) return opaque(node, source);
    return {
      kind: 'lambda',
      parameters: toParameters(fieldOf(node, 'parameters'), source),
      body: toExpression(body, source),
      ...rangeOf(node, source),
    };
  },
  list_comprehension: comprehension,
  set_comprehension: comprehension,
  generator_expression: comprehension,
  dictionary_comprehension: comprehension,
  list_splat: starred,
  list_splat_pattern: starred,
  await: inner,
  named_expression: (node, source) => {
    const name = fieldOf(node, 'name');
    const value = fieldOf(node, 'value');
    if (name === null || value === null) return opaque(node, source);
    const target = { kind: 'name', id: textOf(name, source), ...rangeOf(name, source) } as const;
    return { kind: 'named', target, value: toExpression(value, source), ...rangeOf(node, source) };
  },
};

function toString(node: SyntaxNode, source: Source): Expression {
  if (node.children.some((child) => child.type === 'interpolation')) {
    const expressions = node.children
      .filter((child) => child.type === 'interpolation')
      .map((child) => fieldOf(child, 'expression'));
    const values = expressions.filter((child) => child !== null).map((child) => toExpression(child, source));
    return { kind: 'opaque', parts: values, ...rangeOf(node, source) };
  }
  return { kind: 'literal', value: parseString(textOf(node, source)), ...rangeOf(node, source) };
}

function toParameter(node: SyntaxNode, source: Source): Parameter[] {
  const range = rangeOf(node, source);
  if (node.type === 'identifier') return [{ name: textOf(node, source), splat: 0, fallback: null, ...range }];
  if (node.type === 'default_parameter' || node.type === 'typed_default_parameter') {
    const name = fieldOf(node, 'name');
    const value = fieldOf(node, 'value');
    return name === null
      ? []
      : [{ name: textOf(name, source), splat: 0, fallback: value && toExpression(value, source), ...range }];
  }
  const first = namedChildren(node)[0];
  if (node.type === 'typed_parameter' && first)
    return toParameter(first, source).map((parameter) => ({ ...parameter, ...range }));
  if (node.type === 'list_splat_pattern' && first) return [{ name: textOf(first, source), splat: 1, fallback: null, ...range }];
  if (node.type === 'dictionary_splat_pattern' && first)
    return [{ name: textOf(first, source), splat: 2, fallback: null, ...range }];
  return [];
}

function parts(node: SyntaxNode, source: Source): Expression[] {
  return namedChildren(node).map((child) => toExpression(child, source));
}

function opaque(node: SyntaxNode, source: Source): OpaqueExpression {
  return { kind: 'opaque', parts: parts(node, source), ...rangeOf(node, source) };
}

function textOf(node: SyntaxNode, source: Source): string {
  return source.text.slice(node.start, node.end);
}
