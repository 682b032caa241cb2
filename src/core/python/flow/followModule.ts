import type { FunctionStatement, LambdaExpression, Module } from '../Ast.ts';
import { apply } from './apply.ts';
import { attribute } from './attribute.ts';
import { bind } from './bind.ts';
import { evaluate } from './evaluate.ts';
import { execute } from './execute.ts';
import type { Frame, Interpreter, LiteralNumber, MissingName, ResolveData, ResolveModule } from './Interpreter.ts';
import { Scope } from './Scope.ts';
import type { Call, ClassValue, FunctionValue, Value } from './Value.ts';

export interface FollowOptions {
  /** Finds modules of the script's own folder. */
  readonly resolveModule: ResolveModule;
  /** Finds settings files of the script's own folder. */
  readonly resolveData?: ResolveData;
  /** The words of the command line that come after the script; none where absent. */
  readonly words?: readonly string[];
  /** Whether a library's module has a public name, for `from x import *`. */
  readonly exports: (module: string, name: string) => boolean;
  readonly isOverdue: () => boolean;
}

/** What following a module from its first statement came past. */
export interface Trace {
  readonly module: Module;
  readonly scope: Scope;
  /** In the order in which they happen; those that are not live come from functions that the file itself never calls. */
  readonly calls: readonly Call[];
  readonly missing: readonly MissingName[];
  readonly entered: ReadonlySet<FunctionStatement | LambdaExpression>;
  /** Numbers that were read by a name, an attribute or a key. */
  readonly read: ReadonlySet<LiteralNumber>;
  /** What the `forward` or `call` of an object gave, by the call of that object. */
  readonly forwarded: ReadonlyMap<Call, Value>;
  /** The words of the command line that it was followed with. */
  readonly words: readonly string[];
  /** Modules of the folder that it imports. */
  readonly modules: readonly Module[];
  /** True where it was given up on: too many steps, or too long. */
  readonly incomplete: boolean;
}

const MAX_STEPS = 200_000;

/** What running the file does, and on request what its functions would do that it never calls. */
export interface Following {
  readonly run: Trace;
  /** Follows on into all that was not entered; calls and names come after the run's own. */
  followUncalled(): Trace;
}

/** Follows what happens when a file is run as `__main__`. */
export function followModule(module: Module, options: FollowOptions): Following {
  const { interpreter, spent } = createInterpreter(module, options);
  const scope = new Scope('module', null);
  interpreter.modules.set(module, scope);
  scope.assign('__name__', { kind: 'literal', value: '__main__', node: { source: firstSource(module), start: 0, end: 0 } });
  interpreter.execute(module.body, scope);
  const trace = (): Trace => ({
    module,
    scope,
    calls: [...interpreter.calls],
    missing: interpreter.missing,
    entered: interpreter.entered,
    words: interpreter.words,
    read: interpreter.read,
    forwarded: interpreter.forwarded,
    modules: [...interpreter.modules.keys()].filter((other) => other !== module),
    incomplete: spent(),
  });
  return {
    run: trace(),
    followUncalled: () => {
      interpreter.live = false;
      for (const value of scope.names.values()) followUncalled(value, interpreter, module);
      return trace();
    },
  };
}

function createInterpreter(main: Module, options: FollowOptions): { interpreter: Interpreter; spent: () => boolean } {
  let steps = 0;
  let overdue = false;
  const calls: Call[] = [];
  const missing: MissingName[] = [];
  const outermost: Frame = { function: null, given: new Map(), returns: [], loops: [] };
  const interpreter: Interpreter = {
    calls,
    missing,
    forwarded: new Map(),
    entered: new Set(),
    read: new Set(),
    commands: [],
    modules: new Map(),
    escaped: new Set(),
    resolveModule: options.resolveModule,
    resolveData: options.resolveData ?? (() => null),
    words: options.words ?? [],
    exports: options.exports,
    frames: [outermost],
    get frame() {
      return this.frames.at(-1) ?? outermost;
    },
    live: true,
    tries: 0,
    main,
    step: () => {
      if (++steps % 512 === 0) overdue ||= options.isOverdue();
      return !overdue && steps < MAX_STEPS;
    },
    evaluate: (expression, scope) => evaluate(expression, scope, interpreter),
    execute: (statements, scope) => execute(statements, scope, interpreter),
    apply: (callee, args, node) => apply(callee, args, node, interpreter),
    attribute: (object, name) => attribute(object, name, interpreter),
    bind: (target, value, scope) => bind(target, value, scope, interpreter),
    importModule: (module) => importModule(module, interpreter),
  };
  return { interpreter, spent: () => overdue || steps >= MAX_STEPS };
}

/** A module runs once, at its first import, with a name of its own. */
function importModule(module: Module, interpreter: Interpreter): Scope {
  const known = interpreter.modules.get(module);
  if (known !== undefined) return known;
  const scope = new Scope('module', null);
  interpreter.modules.set(module, scope);
  scope.assign('__name__', { kind: 'literal', value: module.path, node: { source: firstSource(module), start: 0, end: 0 } });
  interpreter.tries++;
  interpreter.frames.push({ function: null, given: new Map(), returns: [], loops: [] });
  interpreter.execute(module.body, scope);
  interpreter.frames.pop();
  interpreter.tries--;
  return scope;
}

function followUncalled(value: Value, interpreter: Interpreter, module: Module): void {
  if (value.kind === 'function') followFunction(value, interpreter, module);
  if (value.kind !== 'class' || value.definition.source.path !== module.path) return;
  const methods = [...value.scope.names.keys()].filter((name) => name !== '__init__');
  if (!methods.some((name) => isFresh(value, name, interpreter))) return;
  const object = interpreter.apply(value, [], value.definition);
  for (const name of methods) {
    const method = interpreter.attribute(object, name);
    if (method.kind === 'function') followFunction(method, interpreter, module);
  }
}

function isFresh(owner: ClassValue, name: string, interpreter: Interpreter): boolean {
  const value = owner.scope.names.get(name);
  return value?.kind === 'function' && !interpreter.entered.has(value.definition);
}

function followFunction(value: FunctionValue, interpreter: Interpreter, module: Module): void {
  if (value.definition.source.path !== module.path || interpreter.entered.has(value.definition)) return;
  interpreter.apply(value, [], value.definition);
}

function firstSource(module: Module): Module['sources'][number] {
  return module.sources[0] ?? { path: module.path, cell: null, text: '', lineStarts: [0] };
}
