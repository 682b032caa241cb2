import type { GroovyCall, GroovyClosure, GroovyNode } from '../groovy/GroovyTree.ts';
import { argumentsOf, bareCall, closureOf, methodName, statementsOf } from '../groovy/readNode.ts';
import type { Problem } from './Pipeline.ts';

/** Collects what is wrong while a pipeline is read; whatever cannot be read is left out. */
export class Reader {
  readonly problems: Problem[] = [];

  say(at: GroovyNode, message: string): void {
    this.problems.push({ line: at.line, message });
  }

  /** The sections of a block by name: known ones, each once; `plain` are those that need no block of their own. */
  sections(
    owner: string,
    statements: readonly GroovyNode[],
    known: readonly string[],
    plain: readonly string[],
  ): Map<string, GroovyCall> {
    const found = new Map<string, GroovyCall>();
    for (const statement of statements) {
      const call = bareCall(statement);
      const name = call === null ? null : methodName(call);
      if (call === null || name === null || !known.includes(name))
        this.say(statement, `${owner} has no section ${name ?? 'like this'}.`);
      else if (found.has(name)) this.say(call, `${owner} has ${name} twice.`);
      else if (!plain.includes(name) && closureOf(call) === null) this.say(call, `${name} is no block.`);
      else found.set(name, call);
    }
    return found;
  }

  /** The statements of a section that holds something; empty where it is absent. */
  filled(call: GroovyCall | undefined): readonly GroovyNode[] {
    if (call === undefined) return [];
    const statements = statementsOf(closureOf(call) as GroovyClosure).filter(
      (one) => one.type !== 'block' || one.body.length > 0,
    );
    if (call.arguments.length > 1) this.say(call, `${methodName(call)} takes nothing but its block.`);
    if (statements.length === 0) this.say(call, `${methodName(call)} is empty.`);
    return statements;
  }

  /** Calls of known names without blocks, as options and triggers are; each once where `once`. */
  calls(
    call: GroovyCall | undefined,
    known: Readonly<Record<string, readonly string[] | null>>,
    once: boolean,
    blocks: readonly string[] = [],
  ): readonly GroovyCall[] {
    const names = new Set<string>();
    return this.filled(call).flatMap((statement) => {
      const one = bareCall(statement);
      const name = one === null ? null : methodName(one);
      if (one === null || name === null || !(name in known)) {
        this.say(statement, `${methodName(call as GroovyCall)} has no ${name ?? 'such thing'}.`);
        return [];
      }
      if (once && names.has(name)) this.say(one, `${name} is there twice.`);
      names.add(name);
      if (closureOf(one) !== null && !blocks.includes(name)) this.say(one, `${name} takes no block.`);
      this.namedArguments(one, known[name] ?? null);
      return [one];
    });
  }

  /** Checks the names of arguments; `known` null leaves them open, and those with `!` must be there. */
  namedArguments(call: GroovyCall, known: readonly string[] | null): void {
    if (known === null) return;
    const { named, positional } = argumentsOf(call);
    const names = known.map((one) => one.replace('!', ''));
    for (const name of named.keys()) if (!names.includes(name)) this.say(call, `${methodName(call)} has no argument ${name}.`);
    if (named.size > 0 && positional.length > 0) this.say(call, `${methodName(call)} mixes arguments with and without names.`);
    const name = named.get('name');
    if (name?.type === 'constant' && typeof name.value !== 'string')
      this.say(call, `The name of ${methodName(call)} is no text.`);
    if (positional.length > 0) return;
    for (const one of known)
      if (one.endsWith('!') && !named.has(one.slice(0, -1))) this.say(call, `${methodName(call)} lacks ${one.slice(0, -1)}.`);
  }
}
