import type { ClassStatement, Expression, FunctionStatement, LambdaExpression, LiteralValue, Ranged } from '../Ast.ts';
import type { Scope } from './Scope.ts';

/** What an expression may be when the program runs, as far as reading tells. `node` is where a value was written down. */
export type Value =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'literal'; readonly value: LiteralValue; readonly node: Ranged }
  /** Something of a library, by its full name: `keras.layers.Dense`. */
  | { readonly kind: 'external'; readonly path: string }
  | ResultValue
  /** An attribute of a value that is not the script's own: `model.fit`. */
  | MemberValue
  /** An element of a value: unpacked, indexed or looped over; `index` is null where it is any. */
  | { readonly kind: 'item'; readonly of: Value; readonly index: LiteralValue }
  | SequenceValue
  | DictValue
  | FunctionValue
  | ClassValue
  | ObjectValue
  | { readonly kind: 'super'; readonly object: ObjectValue; readonly after: ClassValue }
  | { readonly kind: 'module'; readonly path: string; readonly scope: Scope }
  /** One of several, as branches and loops go. */
  | { readonly kind: 'choice'; readonly options: readonly Value[] }
  /** Computed from others: arithmetic, formatting, comparisons. */
  | { readonly kind: 'derived'; readonly from: readonly Value[]; readonly node: Expression };

/** What a call gave that is not the script's own. */
export interface ResultValue {
  readonly kind: 'result';
  readonly call: Call;
}
export interface MemberValue {
  readonly kind: 'member';
  readonly object: Value;
  readonly name: string;
}
/** `open` where there may be more items like these. Lists are mutable, as in Python. */
export interface SequenceValue {
  readonly kind: 'sequence';
  readonly type: 'list' | 'tuple' | 'set';
  readonly items: Value[];
  readonly open: boolean;
  readonly node: Ranged;
}
/** `rest` are values whose keys are not known. */
export interface DictValue {
  readonly kind: 'dict';
  readonly entries: Map<LiteralValue, Value>;
  readonly rest: Value[];
  readonly node: Ranged;
}
export interface FunctionValue {
  readonly kind: 'function';
  readonly definition: FunctionStatement | LambdaExpression;
  readonly scope: Scope;
  /** The object or class that it is bound to. */
  readonly self: Value | null;
  /** The class that it was found in. */
  readonly owner: ClassValue | null;
  readonly defaults: ReadonlyMap<string, Value>;
}
export interface ClassValue {
  readonly kind: 'class';
  readonly definition: ClassStatement;
  readonly scope: Scope;
  readonly bases: readonly Value[];
}
export interface ObjectValue {
  readonly kind: 'object';
  readonly class: ClassValue;
  readonly attributes: Map<string, Value>;
}

export interface CallArgument {
  readonly keyword: string | null;
  readonly splat: 0 | 1 | 2;
  readonly value: Value;
  readonly expression: Expression;
}

/** A running loop: what it goes over (null for `while`), and the names that it binds. */
export interface Loop {
  readonly iterable: Value | null;
  readonly target: Expression | null;
}

/** A call that left the script's own code: of a library's function or class, or of a method of something it returned. */
export interface Call {
  /** Position in time, counting from 0. */
  readonly order: number;
  readonly callee: Value;
  /** The last part of the callee's name; `__call__` where a value is called. */
  readonly name: string;
  readonly args: readonly CallArgument[];
  readonly node: Ranged;
  /** True where starting the file leads here. */
  readonly live: boolean;
  /** True within a loop. */
  readonly looped: boolean;
  /** The loops around it, those of callers included, innermost last. */
  readonly loops: readonly Loop[];
  /** The function of the script that it is in. */
  readonly within: FunctionStatement | LambdaExpression | null;
}

export const UNKNOWN: Value = { kind: 'unknown' };

const MAX_OPTIONS = 24;

/** One of these; equal options count once. */
export function choiceOf(values: readonly Value[]): Value {
  const options = new Set<Value>();
  for (const value of values) {
    if (value.kind === 'choice') for (const option of value.options) options.add(option);
    else options.add(value);
  }
  if (options.size > 1) options.delete(UNKNOWN);
  const [first = UNKNOWN] = options;
  return options.size <= 1 ? first : { kind: 'choice', options: [...options].slice(0, MAX_OPTIONS) };
}

/** The options of a choice, or the value alone. */
export function optionsOf(value: Value): readonly Value[] {
  return value.kind === 'choice' ? value.options : [value];
}

/** The argument given by keyword or, failing that, by position. */
export function argumentOf(call: Call, keyword: string, position: number | null = null): CallArgument | null {
  const named = call.args.find((argument) => argument.keyword === keyword);
  if (named !== undefined) return named;
  if (position === null) return null;
  const positional = call.args.filter((argument) => argument.keyword === null);
  const found = positional[position];
  return found !== undefined && positional.slice(0, position + 1).every((argument) => argument.splat === 0) ? found : null;
}
