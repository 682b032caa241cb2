import type { Expression, ImportedName, Statement } from './Ast.ts';
import type { Source } from './Source.ts';
import { fieldOf, fieldsOf, namedChildren, type SyntaxNode } from './SyntaxNode.ts';
import { MAX_DEPTH, rangeOf, toArguments, toExpression, toParameters } from './toExpression.ts';

/** Turns the children of a module or a block into statements; a part that does not parse yields what can be made out in it. */
export function toStatements(parent: SyntaxNode | null, source: Source): Statement[] {
  if (parent === null || parent.depth > MAX_DEPTH) return [];
  return namedChildren(parent).flatMap((child) => toStatement(child, source));
}

type Convert = (node: SyntaxNode, source: Source) => Statement[];

function toStatement(node: SyntaxNode, source: Source): Statement[] {
  const convert = CONVERTERS[node.type];
  if (convert !== undefined) return convert(node, source);
  if (node.type.endsWith('_statement')) return [simple(node, source)];
  return [{ kind: 'expression', value: toExpression(node, source), ...rangeOf(node, source) }];
}

const importFrom: Convert = (node, source) => {
  const module = fieldOf(node, 'module_name');
  const relative = module?.type === 'relative_import' ? module : null;
  const prefix = relative?.children.find((child) => child.type === 'import_prefix');
  const dotted = relative === null ? module : relative.children.find((child) => child.type === 'dotted_name');
  const path = node.type === 'future_import_statement' ? '__future__' : dotted ? textOf(dotted, source) : '';
  const names = node.children.some((child) => child.type === 'wildcard_import')
    ? [{ module: path, name: '*', alias: null }]
    : fieldsOf(node, 'name').map((child) => ({ module: path, ...aliased(child, source) }));
  return [
    { kind: 'import', level: prefix ? textOf(prefix, source).replace(/[^.]/gu, '').length : 0, names, ...rangeOf(node, source) },
  ];
};

const CONVERTERS: Readonly<Record<string, Convert>> = {
  ERROR: (node, source) => [simple(node, source, 'error'), ...toStatements(node, source)],
  block: toStatements,
  expression_statement: (node, source) => namedChildren(node).flatMap((child) => toExpressionStatement(child, source)),
  assignment: toExpressionStatement,
  augmented_assignment: toExpressionStatement,
  import_statement: (node, source) => {
    const names = fieldsOf(node, 'name').map((child): ImportedName => {
      const { name, alias } = aliased(child, source);
      return { module: name, name: null, alias };
    });
    return [{ kind: 'import', level: 0, names, ...rangeOf(node, source) }];
  },
  import_from_statement: importFrom,
  future_import_statement: importFrom,
  decorated_definition: (node, source) => {
    const decorators = node.children
      .filter((child) => child.type === 'decorator')
      .flatMap((child) => namedChildren(child).map((inner) => toExpression(inner, source)));
    const definition = fieldOf(node, 'definition');
    if (definition === null) return [];
    return toStatement(definition, source).map((statement) =>
      statement.kind === 'function' || statement.kind === 'class' ? { ...statement, decorators } : statement,
    );
  },
  function_definition: (node, source) => {
    const parameters = toParameters(fieldOf(node, 'parameters'), source);
    return [
      {
        kind: 'function',
        name: nameOf(node, source),
        parameters,
        body: toStatements(fieldOf(node, 'body'), source),
        decorators: [],
        ...rangeOf(node, source),
      },
    ];
  },
  class_definition: (node, source) => {
    const bases = toArguments(fieldOf(node, 'superclasses'), source);
    return [
      {
        kind: 'class',
        name: nameOf(node, source),
        bases,
        body: toStatements(fieldOf(node, 'body'), source),
        decorators: [],
        ...rangeOf(node, source),
      },
    ];
  },
  if_statement: toIf,
  for_statement: (node, source) => [
    {
      kind: 'for',
      target: expressionIn(node, 'left', source),
      iterable: expressionIn(node, 'right', source),
      body: toStatements(fieldOf(node, 'body'), source),
      otherwise: alternative(node, source),
      ...rangeOf(node, source),
    },
  ],
  while_statement: (node, source) => [
    {
      kind: 'while',
      test: expressionIn(node, 'condition', source),
      body: toStatements(fieldOf(node, 'body'), source),
      otherwise: alternative(node, source),
      ...rangeOf(node, source),
    },
  ],
  with_statement: (node, source) => {
    const clause = node.children.find((child) => child.type === 'with_clause');
    const items = clause === undefined ? [] : namedChildren(clause).flatMap((item) => withItem(item, source));
    return [{ kind: 'with', items, body: toStatements(fieldOf(node, 'body'), source), ...rangeOf(node, source) }];
  },
  try_statement: toTry,
  match_statement: (node, source) => {
    const cases = namedChildren(fieldOf(node, 'body') ?? node).filter((child) => child.type === 'case_clause');
    return cases.map((child): Statement => ({
      kind: 'if',
      test: { kind: 'opaque', parts: [], ...rangeOf(child, source) },
      body: toStatements(fieldOf(child, 'consequence'), source),
      otherwise: [],
      ...rangeOf(child, source),
    }));
  },
  return_statement: (node, source) => {
    const value = namedChildren(node)[0];
    return [{ kind: 'return', value: value === undefined ? null : toExpression(value, source), ...rangeOf(node, source) }];
  },
};

function toExpressionStatement(node: SyntaxNode, source: Source): Statement[] {
  if (node.type === 'augmented_assignment') {
    const operator = fieldOf(node, 'operator')?.type ?? '+=';
    return [
      {
        kind: 'assign',
        targets: [expressionIn(node, 'left', source)],
        value: expressionIn(node, 'right', source),
        operator,
        ...rangeOf(node, source),
      },
    ];
  }
  if (node.type !== 'assignment') return [{ kind: 'expression', value: toExpression(node, source), ...rangeOf(node, source) }];
  const targets: Expression[] = [];
  let value: SyntaxNode | null = node;
  while (value?.type === 'assignment') {
    targets.push(expressionIn(value, 'left', source));
    value = fieldOf(value, 'right');
  }
  return [{ kind: 'assign', targets, value: value && toExpression(value, source), operator: null, ...rangeOf(node, source) }];
}

function toIf(node: SyntaxNode, source: Source): Statement[] {
  let otherwise: Statement[] = [];
  for (const clause of fieldsOf(node, 'alternative').toReversed()) {
    const body = toStatements(fieldOf(clause, 'consequence') ?? fieldOf(clause, 'body'), source);
    otherwise =
      clause.type === 'elif_clause'
        ? [{ kind: 'if', test: expressionIn(clause, 'condition', source), body, otherwise, ...rangeOf(clause, source) }]
        : body;
  }
  return [
    {
      kind: 'if',
      test: expressionIn(node, 'condition', source),
      body: toStatements(fieldOf(node, 'consequence'), source),
      otherwise,
      ...rangeOf(node, source),
    },
  ];
}

function toTry(node: SyntaxNode, source: Source): Statement[] {
  const blockOf = (clause: SyntaxNode | undefined): Statement[] =>
    toStatements(clause?.children.find((child) => child.type === 'block') ?? null, source);
  const handlers = node.children
    .filter((child) => child.type === 'except_clause')
    .map((clause) => {
      const target = clause.children
        .flatMap((child) => (child.type === 'as_pattern' ? child.children : []))
        .find((child) => child.type === 'as_pattern_target');
      return { name: target ? textOf(target, source) : null, body: blockOf(clause) };
    });
  return [
    {
      kind: 'try',
      body: toStatements(fieldOf(node, 'body'), source),
      handlers,
      otherwise: blockOf(node.children.find((child) => child.type === 'else_clause')),
      finally: blockOf(node.children.find((child) => child.type === 'finally_clause')),
      ...rangeOf(node, source),
    },
  ];
}

function withItem(item: SyntaxNode, source: Source): { value: Expression; target: Expression | null }[] {
  const value = fieldOf(item, 'value') ?? namedChildren(item)[0];
  if (!value) return [];
  if (value.type !== 'as_pattern') return [{ value: toExpression(value, source), target: null }];
  const [inner, target] = namedChildren(value);
  return inner ? [{ value: toExpression(inner, source), target: target ? toExpression(target, source) : null }] : [];
}

function simple(node: SyntaxNode, source: Source, keyword = node.type.replace('_statement', '')): Statement {
  const values = keyword === 'error' ? [] : namedChildren(node).map((child) => toExpression(child, source));
  return { kind: 'simple', keyword, values, ...rangeOf(node, source) };
}

function alternative(node: SyntaxNode, source: Source): Statement[] {
  const clause = fieldOf(node, 'alternative');
  return clause === null ? [] : toStatements(fieldOf(clause, 'body'), source);
}

function aliased(node: SyntaxNode, source: Source): { name: string; alias: string | null } {
  if (node.type !== 'aliased_import') return { name: textOf(node, source), alias: null };
  const name = fieldOf(node, 'name');
  const alias = fieldOf(node, 'alias');
  return { name: name ? textOf(name, source) : '', alias: alias && textOf(alias, source) };
}

function expressionIn(node: SyntaxNode, field: string, source: Source): Expression {
  const child = fieldOf(node, field);
  return child === null ? { kind: 'opaque', parts: [], ...rangeOf(node, source) } : toExpression(child, source);
}

function nameOf(node: SyntaxNode, source: Source): string {
  const name = fieldOf(node, 'name');
  return name ? textOf(name, source) : '';
}

function textOf(node: SyntaxNode, source: Source): string {
  return source.text.slice(node.start, node.end);
}
