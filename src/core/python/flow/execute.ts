import type {
  ClassStatement,
  ForStatement,
  FunctionStatement,
  IfStatement,
  ImportStatement,
  SimpleStatement,
  Statement,
  TryStatement,
} from '../Ast.ts';
import { givenValue } from './CommandLine.ts';
import type { Completion, Interpreter } from './Interpreter.ts';
import { iterate } from './iterate.ts';
import { readData } from './loadData.ts';
import { Scope } from './Scope.ts';
import { truthOf } from './truthOf.ts';
import { argumentOf, choiceOf, UNKNOWN, type ClassValue, type FunctionValue, type Loop, type Value } from './Value.ts';

/** Follows statements in order; tells whether what comes after them can be reached. */
export function execute(statements: readonly Statement[], scope: Scope, interpreter: Interpreter): Completion {
  for (const statement of statements) {
    if (!interpreter.step()) return 'stopped';
    if (executeOne(statement, scope, interpreter) === 'stopped') return 'stopped';
  }
  return 'completed';
}

function executeOne(statement: Statement, scope: Scope, interpreter: Interpreter): Completion {
  const run = (body: readonly Statement[]): Completion => interpreter.execute(body, scope);
  switch (statement.kind) {
    case 'expression':
      return isExit(interpreter.evaluate(statement.value, scope)) ? 'stopped' : 'completed';
    case 'assign': {
      const value = statement.value && interpreter.evaluate(statement.value, scope);
      if (value === null) return 'completed';
      for (const target of statement.targets) {
        const bound: Value =
          statement.operator === null
            ? value
            : { kind: 'derived', from: [interpreter.evaluate(target, scope), value], node: target };
        interpreter.bind(target, bound, scope);
      }
      return 'completed';
    }
    case 'import':
      executeImport(statement, scope, interpreter);
      return 'completed';
    case 'function':
      scope.assign(statement.name, defineFunction(statement, scope, interpreter));
      return 'completed';
    case 'class':
      scope.assign(statement.name, defineClass(statement, scope, interpreter));
      return 'completed';
    case 'if':
      return executeIf(statement, scope, interpreter);
    case 'for':
      return executeFor(statement, scope, interpreter);
    case 'while':
      interpreter.evaluate(statement.test, scope);
      if (statement.test.kind !== 'literal' || Boolean(statement.test.value))
        loop({ iterable: null, target: null }, () => run(statement.body), interpreter);
      return run(statement.otherwise);
    case 'with':
      for (const item of statement.items) {
        const value = interpreter.evaluate(item.value, scope);
        if (item.target !== null) interpreter.bind(item.target, value, scope);
      }
      return run(statement.body);
    case 'try':
      return executeTry(statement, scope, interpreter);
    case 'return':
      interpreter.frame.returns.push(statement.value === null ? UNKNOWN : interpreter.evaluate(statement.value, scope));
      return 'stopped';
    case 'simple':
      return executeSimple(statement, scope, interpreter);
  }
}

function executeFor(statement: ForStatement, scope: Scope, interpreter: Interpreter): Completion {
  const iterable = interpreter.evaluate(statement.iterable, scope);
  interpreter.bind(statement.target, iterate(iterable), scope);
  loop({ iterable, target: statement.target }, () => interpreter.execute(statement.body, scope), interpreter);
  return interpreter.execute(statement.otherwise, scope);
}

function loop(running: Loop, body: () => Completion, interpreter: Interpreter): void {
  interpreter.frame.loops.push(running);
  body();
  interpreter.frame.loops.pop();
}

/** Names bound in one branch only may be either, before or after. */
function executeIf(statement: IfStatement, scope: Scope, interpreter: Interpreter): Completion {
  const truth = truthOf(statement.test, scope, interpreter);
  interpreter.evaluate(statement.test, scope);
  if (truth !== null) return interpreter.execute(truth ? statement.body : statement.otherwise, scope);
  return alternatives(
    [() => interpreter.execute(statement.body, scope), () => interpreter.execute(statement.otherwise, scope)],
    scope,
  );
}

function executeTry(statement: TryStatement, scope: Scope, interpreter: Interpreter): Completion {
  interpreter.tries++;
  const before = scope.snapshot();
  const body = interpreter.execute([...statement.body, ...statement.otherwise], scope);
  const after = scope.snapshot();
  const handlers = statement.handlers.map((handler) => (): Completion => {
    scope.restore(new Map([...before, ...after]));
    if (handler.name !== null) scope.assign(handler.name, UNKNOWN);
    return interpreter.execute(handler.body, scope);
  });
  const completed = (): Completion => {
    scope.restore(after);
    return body;
  };
  const completion = alternatives([completed, ...handlers], scope);
  interpreter.tries--;
  return interpreter.execute(statement.finally, scope) === 'stopped' ? 'stopped' : completion;
}

function alternatives(branches: readonly (() => Completion)[], scope: Scope): Completion {
  const before = scope.snapshot();
  const ends: Map<string, Value>[] = [];
  for (const branch of branches) {
    scope.restore(new Map(before));
    if (branch() === 'completed') ends.push(scope.snapshot());
  }
  if (ends.length === 0) return 'stopped';
  const merged = new Map<string, Value>();
  for (const name of new Set(ends.flatMap((names) => [...names.keys()]))) {
    merged.set(name, choiceOf(ends.flatMap((names) => names.get(name) ?? [])));
  }
  scope.restore(merged);
  return 'completed';
}

function executeSimple(statement: SimpleStatement, scope: Scope, interpreter: Interpreter): Completion {
  if (statement.keyword === 'global' || statement.keyword === 'nonlocal') {
    for (const value of statement.values) {
      if (value.kind === 'name') scope.declare(value.id, statement.keyword === 'global' ? scope.module : (scope.parent ?? scope));
    }
    return 'completed';
  }
  if (statement.keyword === 'delete') return 'completed';
  const args = statement.values.map((expression) => ({
    keyword: null,
    splat: 0 as const,
    value: interpreter.evaluate(expression, scope),
    expression,
  }));
  if (statement.keyword === 'print') interpreter.apply({ kind: 'external', path: 'builtins.print' }, args, statement);
  return ['raise', 'break', 'continue'].includes(statement.keyword) ? 'stopped' : 'completed';
}

function executeImport(statement: ImportStatement, scope: Scope, interpreter: Interpreter): void {
  for (const imported of statement.names) {
    if (imported.module === '__future__') continue;
    const from = statement.source.path;
    const local = interpreter.resolveModule(imported.module, statement.level, from);
    const bound = imported.alias ?? imported.name ?? imported.module.split('.')[0] ?? '';
    if (imported.name === '*') {
      if (local === null) scope.stars.push(imported.module);
      else
        for (const [name, value] of interpreter.importModule(local).names) if (!name.startsWith('_')) scope.assign(name, value);
    } else if (imported.name === null) {
      const path = imported.alias === null ? bound : imported.module;
      scope.assign(
        bound,
        local === null
          ? { kind: 'external', path }
          : { kind: 'module', path: local.path, scope: interpreter.importModule(local) },
      );
    } else {
      const path = imported.module === '' ? imported.name : `${imported.module}.${imported.name}`;
      const own = local === null ? undefined : interpreter.importModule(local).names.get(imported.name);
      const submodule = own === undefined ? interpreter.resolveModule(path, statement.level, from) : null;
      const module: Value | undefined =
        submodule === null ? undefined : { kind: 'module', path: submodule.path, scope: interpreter.importModule(submodule) };
      scope.assign(bound, own ?? module ?? { kind: 'external', path });
    }
  }
}

/** Decorators that hand a function to a command line, an experiment or an engine, which then runs it. */
const REGISTRARS = new Set(['command', 'callback', 'on', 'main', 'automain']);

function defineFunction(statement: FunctionStatement, scope: Scope, interpreter: Interpreter): Value {
  const defaults = new Map(
    statement.parameters.flatMap((parameter) =>
      parameter.fallback ? [[parameter.name, interpreter.evaluate(parameter.fallback, scope)] as const] : [],
    ),
  );
  const defined: FunctionValue = { kind: 'function', definition: statement, scope, self: null, owner: null, defaults };
  for (const decorator of statement.decorators) {
    const value = interpreter.evaluate(decorator, scope);
    const option = commandOption(value, interpreter.words) ?? hydraSettings(value, statement, interpreter);
    if (option !== null) defaults.set(...option);
    const registrar = value.kind === 'result' ? value.call.callee : value;
    if (registrar.kind !== 'member' || !REGISTRARS.has(registrar.name)) continue;
    interpreter.commands.push({ owner: registrar.object, command: defined });
    if (registrar.name === 'automain' && scope === scope.module && interpreter.live) interpreter.apply(defined, [], statement);
  }
  return defined;
}

/** A parameter that a decorator of click fills in, and with what: `@click.option('--lr', default=0.1)`. */
function commandOption(decorator: Value, words: readonly string[]): [string, Value] | null {
  if (decorator.kind !== 'result' || decorator.call.callee.kind !== 'external') return null;
  if (!/^(?:rich_)?click\.(?:option|argument)$/u.test(decorator.call.callee.path)) return null;
  const given = givenValue(decorator.call, words) ?? argumentOf(decorator.call, 'default')?.value ?? null;
  const names = decorator.call.args.flatMap(({ keyword, value }) =>
    keyword === null && value.kind === 'literal' && typeof value.value === 'string' ? [value.value] : [],
  );
  const name = names.find((text) => !text.startsWith('-')) ?? names.find((text) => text.startsWith('--')) ?? names[0];
  return given === null || name === undefined ? null : [name.replace(/^-+/u, '').replaceAll('-', '_').toLowerCase(), given];
}

/** The settings that hydra hands to a function: `@hydra.main(config_path='conf', config_name='config')`. */
function hydraSettings(decorator: Value, statement: FunctionStatement, interpreter: Interpreter): [string, Value] | null {
  if (decorator.kind !== 'result' || decorator.call.callee.kind !== 'external') return null;
  if (decorator.call.callee.path !== 'hydra.main') return null;
  const [folder, name] = ['config_path', 'config_name'].map((key, index) => {
    const given = argumentOf(decorator.call, key, index)?.value;
    return given?.kind === 'literal' && typeof given.value === 'string' ? given.value : null;
  });
  const [parameter] = statement.parameters;
  if (parameter === undefined || name == null) return null;
  const file = `${folder ?? '.'}/${name.replace(/\.ya?ml$/u, '')}.yaml`;
  const settings = readData(file, statement.source.path, interpreter);
  return settings === null ? null : [parameter.name, settings];
}

function defineClass(statement: ClassStatement, scope: Scope, interpreter: Interpreter): ClassValue {
  const bases = statement.bases.filter((base) => base.keyword === null).map((base) => interpreter.evaluate(base.value, scope));
  const own = new Scope('class', scope);
  interpreter.execute(statement.body, own);
  return { kind: 'class', definition: statement, scope: own, bases };
}

const EXITS = new Set(['sys.exit', 'builtins.exit', 'builtins.quit', 'os._exit']);

function isExit(value: Value): boolean {
  return value.kind === 'result' && value.call.callee.kind === 'external' && EXITS.has(value.call.callee.path);
}
