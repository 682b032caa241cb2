import type { Value } from './Value.ts';

/** Names and what they are bound to. Functions see enclosing functions and the module, never an enclosing class. */
export class Scope {
  readonly kind: 'module' | 'function' | 'class';
  readonly parent: Scope | null;
  /** Modules whose every name may be here: `from x import *`. */
  readonly stars: string[] = [];
  readonly #declared = new Map<string, Scope>();
  #names = new Map<string, Value>();

  constructor(kind: Scope['kind'], parent: Scope | null) {
    this.kind = kind;
    this.parent = parent;
  }

  get names(): ReadonlyMap<string, Value> {
    return this.#names;
  }

  get module(): Scope {
    let scope: Scope = this;
    while (scope.parent !== null) scope = scope.parent;
    return scope;
  }

  /** Looks a name up here and outward; undefined where it is bound nowhere. */
  lookup(name: string): Value | undefined {
    const own = this.#declared.get(name)?.names.get(name) ?? this.#names.get(name);
    if (own !== undefined) return own;
    for (let scope = this.parent; scope !== null; scope = scope.parent) {
      const value = scope.kind === 'class' ? undefined : scope.names.get(name);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  assign(name: string, value: Value): void {
    const declared = this.#declared.get(name);
    if (declared === undefined) this.#names.set(name, value);
    else declared.assign(name, value);
  }

  /** `global` and `nonlocal`: assignments to the name go to the other scope. */
  declare(name: string, scope: Scope): void {
    if (scope !== this) this.#declared.set(name, scope);
  }

  /** The names as they are now, to come back to. */
  snapshot(): Map<string, Value> {
    return new Map(this.#names);
  }

  restore(names: Map<string, Value>): void {
    this.#names = names;
  }
}
