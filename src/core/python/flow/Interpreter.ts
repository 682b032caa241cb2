import type { Expression, FunctionStatement, LambdaExpression, Module, Ranged, Statement } from '../Ast.ts';
import type { Scope } from './Scope.ts';
import type { Call, CallArgument, FunctionValue, Loop, Value } from './Value.ts';

/** How a run of statements ends: `stopped` where nothing after it can be reached. */
export type Completion = 'completed' | 'stopped';

/** Where an import of the script leads: the module of the same folder, or null where it is a library's. */
export type ResolveModule = (name: string, level: number, from: string) => Module | null;

/** A settings file of the folder, whose one expression is what it holds; null where there is none. `from` is the path of the file that reads it. */
export type ResolveData = (path: string, from: string) => Module | null;

/** A name that is read where nothing has bound it. */
export interface MissingName {
  readonly name: string;
  readonly node: Ranged;
  /** How many calls came before it. */
  readonly order: number;
  readonly live: boolean;
}

/** A number that is written down. */
export type LiteralNumber = Extract<Value, { kind: 'literal' }>;

/** The frame of the function that is running. */
export interface Frame {
  readonly function: FunctionValue | null;
  /** What its parameters were given. */
  readonly given: ReadonlyMap<string, Value>;
  readonly returns: Value[];
  /** Loops that are running, innermost last. */
  readonly loops: Loop[];
}

/**
 * Follows a program without running it: both branches, each loop once, each call with what it is given. The parts know one
 * another only by this interface.
 */
export interface Interpreter {
  readonly calls: Call[];
  readonly missing: MissingName[];
  /** What the `forward` or `call` of an object gave, by the call of that object. */
  readonly forwarded: Map<Call, Value>;
  /** Definitions that were entered. */
  readonly entered: Set<FunctionStatement | LambdaExpression>;
  /** Numbers that were read by a name, an attribute or a key. */
  readonly read: Set<LiteralNumber>;
  readonly commands: { readonly owner: Value; readonly command: FunctionValue }[];
  readonly modules: Map<Module, Scope>;
  readonly resolveModule: ResolveModule;
  readonly resolveData: ResolveData;
  /** The words of the command line that come after the script. */
  readonly words: readonly string[];
  /** Whether a library's module has a public name, for `from x import *`. */
  readonly exports: (module: string, name: string) => boolean;
  /** Innermost last; the first is the module's. */
  readonly frames: Frame[];
  /** The innermost frame. */
  readonly frame: Frame;
  /** What was handed to a library and has been followed already. */
  readonly escaped: Set<object>;
  /** True while what runs is reached from the file's start. */
  live: boolean;
  /** Depth of `try` blocks, in which a missing name proves nothing. */
  tries: number;
  main: Module;
  /** Counts one step; false where the budget is spent and nothing more is entered. */
  step(): boolean;
  evaluate(expression: Expression, scope: Scope): Value;
  execute(statements: readonly Statement[], scope: Scope): Completion;
  apply(callee: Value, args: readonly CallArgument[], node: Ranged): Value;
  attribute(object: Value, name: string): Value;
  bind(target: Expression, value: Value, scope: Scope): void;
  importModule(module: Module): Scope;
}
