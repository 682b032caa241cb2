import type { Expression, Module, Parameter, Statement } from '../python/Ast.ts';
import { walkStatements } from '../python/walkStatements.ts';

/** What an expression stands in, one step up; arguments and entries are no step of their own. */
export type Parent = Expression | Statement | Parameter;

/** Parts of a node that are statements, which are walked for themselves, or no code. */
const NOT_WITHIN = new Set(['source', 'body', 'otherwise', 'handlers', 'finally']);

/** Knows what each expression of some modules stands in. */
export class Parents {
  readonly #parents = new Map<unknown, Parent>();

  constructor(modules: readonly Module[]) {
    for (const module of modules) for (const statement of walkStatements(module.body)) this.#within(statement, statement, true);
  }

  /** Null for what is no expression of these modules. */
  of(expression: object): Parent | null {
    return this.#parents.get(expression) ?? null;
  }

  /** The name that an expression is bound to: by an assignment, in a tuple of them, or as a parameter's default. */
  variableOf(expression: object): string | null {
    const parent = this.of(expression);
    if (parent === null) return null;
    if ('fallback' in parent) return parent.name;
    if (parent.kind === 'assign') return nameOf(parent.targets.at(-1));
    const outer = parent.kind === 'sequence' ? this.of(parent) : null;
    if (parent.kind !== 'sequence' || outer === null || !('kind' in outer) || outer.kind !== 'assign') return null;
    const [targets] = outer.targets;
    return targets?.kind === 'sequence' ? nameOf(targets.items[parent.items.indexOf(expression as Expression)]) : null;
  }

  #within(part: unknown, parent: Parent, statement: boolean): void {
    if (Array.isArray(part)) for (const inner of part as unknown[]) this.#within(inner, parent, false);
    else if (typeof part === 'object' && part !== null) this.#object(part, parent, statement);
  }

  #object(part: object, parent: Parent, statement: boolean): void {
    const node = part as Parent;
    const named = 'fallback' in node || (!statement && 'kind' in node && 'start' in node);
    if (named && !('fallback' in node)) this.#parents.set(part, parent);
    for (const [key, inner] of Object.entries(part)) {
      const elsewhere = NOT_WITHIN.has(key) && !('kind' in node && /^(?:lambda|conditional)$/u.test(node.kind));
      if (key !== 'source' && !elsewhere) this.#within(inner, named ? node : parent, false);
    }
  }
}

function nameOf(target: Expression | undefined): string | null {
  if (target?.kind === 'name') return target.id;
  return target?.kind === 'attribute' ? target.name : null;
}
