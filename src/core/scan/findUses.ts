import type { Expression, ImportStatement, Module, Ranged, Statement } from '../python/Ast.ts';
import type { Trace } from '../python/flow/followModule.ts';
import { optionsOf, type Call, type Value } from '../python/flow/Value.ts';
import { walkExpressions } from '../python/walkExpressions.ts';
import { walkStatements } from '../python/walkStatements.ts';
import { madeBy } from './findTrainings.ts';

/**
 * A use of a library, as text that a pattern can match: `sklearn.svm.SVC` for a name that is imported or written out, `PATH(keyword=`
 * and `PATH(keyword='value')` for an argument, `PATH(/3)` for three positional ones, `@MAKER..method()` for a method of what a call of MAKER
 * gave (`@?` where nobody knows), `.history[acc]` and `.ix` for what is read of an object.
 */
export interface Use {
  readonly text: string;
  /** What a person would call it. */
  readonly api: string;
  readonly node: Ranged;
}

/** Every use of a library by a program and the modules of its folder that it imports; a name that is imported in a `try` proves nothing. */
export function* findUses(trace: Trace): Generator<Use> {
  for (const module of [trace.module, ...trace.modules]) yield* usesOfNames(module);
  for (const call of trace.calls) if (call.live) yield* usesOfCall(call);
}

function* usesOfNames(module: Module): Generator<Use> {
  const names = new Map<string, string>();
  const imports = (text: string): boolean => text.includes('import');
  const tried = new Set(triedStatements(module.body, imports));
  for (const statement of walkStatements(module.body, imports)) {
    if (statement.kind !== 'import' || statement.level > 0) continue;
    for (const { path, bound } of importsOf(statement)) {
      names.set(bound, path);
      if (!tried.has(statement)) yield { text: path, api: path, node: statement };
    }
  }
  const words = [...names.keys(), 'ix', 'history'].filter((name) => /^\w+$/u.test(name)).join('|');
  const mention = new RegExp(`\\b(?:${words})\\b`, 'u');
  for (const expression of walkExpressions(module.body, (text) => mention.test(text))) {
    if (expression.kind === 'attribute') yield* usesOfAttribute(expression, names);
    else if (expression.kind === 'subscript') yield* usesOfItem(expression);
  }
}

function* triedStatements(statements: readonly Statement[], isOfInterest?: (text: string) => boolean): Generator<Statement> {
  for (const statement of walkStatements(statements, isOfInterest)) {
    if (statement.kind === 'try' && statement.handlers.length > 0) yield* walkStatements(statement.body);
    if (statement.kind === 'try') for (const handler of statement.handlers) yield* walkStatements(handler.body);
  }
}

function importsOf(statement: ImportStatement): { path: string; bound: string }[] {
  return statement.names.map(({ name, module, alias }) => {
    const path = name === null || name === '*' ? module : `${module}.${name}`;
    // `import a.b` binds a, `import a.b as c` and `from a import b` what they name.
    if (alias !== null || name !== null) return { path, bound: alias ?? name ?? module };
    return module.includes('.') ? { path, bound: '' } : { path, bound: module };
  });
}

function* usesOfAttribute(
  expression: Extract<Expression, { kind: 'attribute' }>,
  names: ReadonlyMap<string, string>,
): Generator<Use> {
  if (expression.name === 'ix') yield { text: '.ix', api: '.ix', node: expression };
  const path = dottedPath(expression, names);
  if (path !== null) yield { text: path, api: path, node: expression };
}

function dottedPath(expression: Expression, names: ReadonlyMap<string, string>): string | null {
  const parts: string[] = [];
  let current = expression;
  while (current.kind === 'attribute') {
    parts.unshift(current.name);
    current = current.object;
  }
  const root = current.kind === 'name' ? (names.get(current.id) ?? null) : null;
  return root === null ? null : [root, ...parts].join('.');
}

function* usesOfItem({ object, indices: [index], ...node }: Extract<Expression, { kind: 'subscript' }>): Generator<Use> {
  if (object.kind !== 'attribute' || object.name !== 'history' || index?.kind !== 'literal') return;
  yield { text: `.history[${String(index.value)}]`, api: `history['${String(index.value)}']`, node };
}

function* usesOfCall(call: Call): Generator<Use> {
  const path = pathOf(call);
  if (path === null) return;
  const { node, name } = call;
  yield { text: `${path}()`, api: name, node };
  const positional = call.args.filter(({ keyword, splat }) => keyword === null && splat === 0).length;
  if (positional > 1) yield { text: `${path}(/${positional})`, api: `${name} with ${positional} numbers`, node };
  for (const { keyword, value } of call.args) {
    if (keyword !== null) yield { text: `${path}(${keyword}=`, api: `${name}(${keyword}=…)`, node };
    for (const literal of literalsOf(value)) {
      yield {
        text: `${path}(${keyword === null ? '' : `${keyword}=`}'${literal}')`,
        api: `${name}(${keyword ?? ''}${keyword === null ? '' : '='}'${literal}')`,
        node,
      };
    }
  }
}

/** A function as the imports spell it, since TensorFlow's copy of Keras kept more than Keras did; a method by its maker's canonical path. */
function pathOf({ callee, name }: Call): string | null {
  if (callee.kind === 'external') return callee.path;
  return callee.kind === 'member' ? `@${madeBy(callee.object) || '?'}..${name}` : null;
}

function literalsOf(value: Value): readonly string[] {
  return optionsOf(value).flatMap((option) =>
    option.kind === 'literal' && typeof option.value === 'string' && option.value.length < 40 ? [option.value] : [],
  );
}
