import type { Source } from './Source.ts';

/** Where a node stands: `start` and `end` are UTF-16 offsets in the source's text. */
export interface Ranged {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
}

export type LiteralValue = number | string | boolean | null;

export interface Argument extends Ranged {
  readonly keyword: string | null;
  /** 1 for `*value`, 2 for `**value`. */
  readonly splat: 0 | 1 | 2;
  readonly value: Expression;
}

export interface Parameter extends Ranged {
  readonly name: string;
  readonly splat: 0 | 1 | 2;
  readonly fallback: Expression | null;
}

export interface Clause {
  readonly target: Expression;
  readonly iterable: Expression;
}

export interface NameExpression extends Ranged {
  readonly kind: 'name';
  readonly id: string;
}
export interface LiteralExpression extends Ranged {
  readonly kind: 'literal';
  readonly value: LiteralValue;
}
export interface AttributeExpression extends Ranged {
  readonly kind: 'attribute';
  readonly object: Expression;
  readonly name: string;
}
export interface CallExpression extends Ranged {
  readonly kind: 'call';
  readonly callee: Expression;
  readonly args: readonly Argument[];
}
export interface SubscriptExpression extends Ranged {
  readonly kind: 'subscript';
  readonly object: Expression;
  readonly indices: readonly Expression[];
}
export interface SequenceExpression extends Ranged {
  readonly kind: 'sequence';
  readonly type: 'list' | 'tuple' | 'set';
  readonly items: readonly Expression[];
}
/** A `**other` entry has no key. */
export interface DictExpression extends Ranged {
  readonly kind: 'dict';
  readonly entries: readonly { readonly key: Expression | null; readonly value: Expression }[];
}
export interface OperationExpression extends Ranged {
  readonly kind: 'operation';
  readonly operator: string;
  readonly operands: readonly Expression[];
}
export interface ConditionalExpression extends Ranged {
  readonly kind: 'conditional';
  readonly test: Expression;
  readonly then: Expression;
  readonly otherwise: Expression;
}
export interface LambdaExpression extends Ranged {
  readonly kind: 'lambda';
  readonly parameters: readonly Parameter[];
  readonly body: Expression;
}
export interface ComprehensionExpression extends Ranged {
  readonly kind: 'comprehension';
  readonly key: Expression | null;
  readonly element: Expression;
  readonly clauses: readonly Clause[];
  readonly conditions: readonly Expression[];
}
export interface StarredExpression extends Ranged {
  readonly kind: 'starred';
  readonly value: Expression;
}
export interface NamedExpression extends Ranged {
  readonly kind: 'named';
  readonly target: NameExpression;
  readonly value: Expression;
}
/** Anything whose value is not modelled: f-strings, `yield`, code that does not parse. Its parts are still evaluated. */
export interface OpaqueExpression extends Ranged {
  readonly kind: 'opaque';
  readonly parts: readonly Expression[];
}

export type Expression =
  | NameExpression
  | LiteralExpression
  | AttributeExpression
  | CallExpression
  | SubscriptExpression
  | SequenceExpression
  | DictExpression
  | OperationExpression
  | ConditionalExpression
  | LambdaExpression
  | ComprehensionExpression
  | StarredExpression
  | NamedExpression
  | OpaqueExpression;

export interface ImportedName {
  /** `*` for everything; null where the module itself is bound. */
  readonly name: string | null;
  readonly module: string;
  readonly alias: string | null;
}

export interface ExpressionStatement extends Ranged {
  readonly kind: 'expression';
  readonly value: Expression;
}
/** `operator` is `+=` and the like for an augmented assignment; `value` is missing for a bare annotation. */
export interface AssignStatement extends Ranged {
  readonly kind: 'assign';
  readonly targets: readonly Expression[];
  readonly value: Expression | null;
  readonly operator: string | null;
}
/** `level` counts the dots of a relative import. */
export interface ImportStatement extends Ranged {
  readonly kind: 'import';
  readonly level: number;
  readonly names: readonly ImportedName[];
}
export interface FunctionStatement extends Ranged {
  readonly kind: 'function';
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly body: readonly Statement[];
  readonly decorators: readonly Expression[];
}
export interface ClassStatement extends Ranged {
  readonly kind: 'class';
  readonly name: string;
  readonly bases: readonly Argument[];
  readonly body: readonly Statement[];
  readonly decorators: readonly Expression[];
}
export interface IfStatement extends Ranged {
  readonly kind: 'if';
  readonly test: Expression;
  readonly body: readonly Statement[];
  readonly otherwise: readonly Statement[];
}
export interface ForStatement extends Ranged {
  readonly kind: 'for';
  readonly target: Expression;
  readonly iterable: Expression;
  readonly body: readonly Statement[];
  readonly otherwise: readonly Statement[];
}
export interface WhileStatement extends Ranged {
  readonly kind: 'while';
  readonly test: Expression;
  readonly body: readonly Statement[];
  readonly otherwise: readonly Statement[];
}
export interface WithStatement extends Ranged {
  readonly kind: 'with';
  readonly items: readonly { readonly value: Expression; readonly target: Expression | null }[];
  readonly body: readonly Statement[];
}
export interface TryStatement extends Ranged {
  readonly kind: 'try';
  readonly body: readonly Statement[];
  readonly handlers: readonly { readonly name: string | null; readonly body: readonly Statement[] }[];
  readonly otherwise: readonly Statement[];
  readonly finally: readonly Statement[];
}
export interface ReturnStatement extends Ranged {
  readonly kind: 'return';
  readonly value: Expression | null;
}
/** `assert`, `del`, `raise`, `global`, `pass`, Python 2's `print` and `exec`, and what does not parse. */
export interface SimpleStatement extends Ranged {
  readonly kind: 'simple';
  readonly keyword: string;
  readonly values: readonly Expression[];
}

export type Statement =
  | ExpressionStatement
  | AssignStatement
  | ImportStatement
  | FunctionStatement
  | ClassStatement
  | IfStatement
  | ForStatement
  | WhileStatement
  | WithStatement
  | TryStatement
  | ReturnStatement
  | SimpleStatement;

/** A place where the text is not Python 3. */
export interface SyntaxProblem {
  readonly source: Source;
  /** Counts from 1. */
  readonly line: number;
  readonly kind: 'python2' | 'error' | 'depth';
}

/** One Python file, or all code cells of a notebook in order. */
export interface Module {
  readonly path: string;
  readonly sources: readonly Source[];
  readonly body: readonly Statement[];
  readonly problems: readonly SyntaxProblem[];
}
