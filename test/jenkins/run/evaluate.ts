import type { GroovyCall, GroovyClosure, GroovyNode } from '../groovy/GroovyTree.ts';
import { argumentsOf, closureOf, methodName, statementsOf, textOf } from '../groovy/readNode.ts';
import { Failure } from './Failure.ts';
import type { Described, Scope } from './Scope.ts';
import { callMethod, readProperty } from './values.ts';

/** Runs a step: its evaluated arguments and its body. */
export type RunStep = (scope: Scope, call: StepCall) => Promise<unknown>;

export interface StepCall {
  readonly name: string;
  readonly named: Readonly<Record<string, unknown>>;
  readonly positional: readonly unknown[];
  readonly body: GroovyClosure | null;
}

/** Interprets as much of Groovy as pipelines need. What it does not know fails the build; nothing is passed over. */
export class Evaluator {
  constructor(
    readonly steps: Readonly<Record<string, RunStep>>,
    /** Calls that only describe something, for a step to understand. */
    readonly descriptions: readonly string[],
  ) {}

  /** Runs statements; the value of the last one. */
  async run(scope: Scope, statements: readonly GroovyNode[]): Promise<unknown> {
    let last: unknown = null;
    for (const statement of statements) last = await this.evaluate(scope, statement);
    return last;
  }

  async evaluate(scope: Scope, node: GroovyNode): Promise<unknown> {
    switch (node.type) {
      case 'block':
        return this.run(scope, node.body);
      case 'expression':
      case 'return':
        return this.evaluate(scope, node.value);
      case 'constant':
        return node.value;
      case 'gstring':
        return this.interpolate(scope, node);
      case 'variable':
        return this.lookUp(scope, node.name);
      case 'property':
        return readProperty(await this.evaluate(scope, node.object), String(textOf(node.name)));
      case 'declaration':
        scope.locals.set(String(node.name), await this.evaluate(scope, node.value));
        return null;
      case 'list':
        return this.all(scope, node.items);
      case 'map':
        return this.record(scope, node.entries);
      case 'not':
        return !isTrue(await this.evaluate(scope, node.value));
      case 'call':
        return this.call(scope, node);
      default:
        return this.decide(scope, node);
    }
  }

  private async decide(scope: Scope, node: GroovyNode): Promise<unknown> {
    switch (node.type) {
      case 'if':
      case 'ternary': {
        const chosen = isTrue(await this.evaluate(scope, node.condition)) ? node.then : node.otherwise;
        return chosen === null ? null : this.evaluate(scope, chosen);
      }
      case 'elvis': {
        const value = await this.evaluate(scope, node.value);
        return isTrue(value) ? value : this.evaluate(scope, node.otherwise);
      }
      case 'binary':
        return this.combine(scope, node);
      default:
        throw new Failure(`Line ${node.line}: ${node.type} is not interpreted.`);
    }
  }

  private async combine(
    scope: Scope,
    { operator, left, right, line }: Extract<GroovyNode, { type: 'binary' }>,
  ): Promise<unknown> {
    if (operator === '=' && left.type === 'variable') {
      const value = await this.evaluate(scope, right);
      scope.locals.set(left.name, value);
      return value;
    }
    const one = await this.evaluate(scope, left);
    if (operator === '&&') return isTrue(one) && isTrue(await this.evaluate(scope, right));
    if (operator === '||') return isTrue(one) || isTrue(await this.evaluate(scope, right));
    const other = await this.evaluate(scope, right);
    if (operator === '==') return one === other;
    if (operator === '!=') return one !== other;
    if (operator === '+')
      return typeof one === 'number' && typeof other === 'number' ? one + other : `${String(one)}${String(other)}`;
    throw new Failure(`Line ${line}: the operator ${operator} is not interpreted.`);
  }

  private async interpolate(scope: Scope, { strings, values }: Extract<GroovyNode, { type: 'gstring' }>): Promise<string> {
    const parts = await this.all(scope, values);
    return strings.map((text, index) => `${text}${index < parts.length ? String(parts[index]) : ''}`).join('');
  }

  private lookUp({ locals, environment, build }: Scope, name: string): unknown {
    if (locals.has(name)) return locals.get(name);
    if (name === 'env') return environment;
    if (name === 'params') return { ...Object.fromEntries(build.job.parameters), ...Object.fromEntries(build.parameters) };
    if (name === 'scm') return { described: 'scm', named: {}, positional: [] } satisfies Described;
    if (name === 'currentBuild')
      return { result: build.result, currentResult: build.result, number: build.number, previousBuild: build.previous ?? null };
    const value = environment[name];
    if (value === undefined) throw new Failure(`groovy.lang.MissingPropertyException: No such property: ${name}`);
    return value;
  }

  private async call(scope: Scope, call: GroovyCall): Promise<unknown> {
    const name = methodName(call);
    if (name === null) throw new Failure(`Line ${call.line}: what is called is computed.`);
    const { named, positional } = argumentsOf(call);
    const values = await this.all(scope, positional);
    if (call.object !== null) return callMethod(await this.evaluate(scope, call.object), name, values);
    const given: Record<string, unknown> = {};
    for (const [key, value] of named) given[key] = await this.evaluate(scope, value);
    const step = this.steps[name];
    if (step !== undefined) return step(scope, { name, named: given, positional: values, body: closureOf(call) });
    if (this.descriptions.includes(name)) return { described: name, named: given, positional: values } satisfies Described;
    throw new Failure(`java.lang.NoSuchMethodError: No such DSL method '${name}' found among steps`);
  }

  /** Runs a step's body. */
  async body(scope: Scope, body: GroovyClosure | null): Promise<unknown> {
    return body === null ? null : this.run(scope, statementsOf(body));
  }

  private async all(scope: Scope, nodes: readonly GroovyNode[]): Promise<readonly unknown[]> {
    const values: unknown[] = [];
    for (const node of nodes) values.push(await this.evaluate(scope, node));
    return values;
  }

  private async record(scope: Scope, entries: readonly GroovyNode[]): Promise<Readonly<Record<string, unknown>>> {
    const record: Record<string, unknown> = {};
    for (const entry of entries) {
      if (entry.type === 'entry') record[String(textOf(entry.key))] = await this.evaluate(scope, entry.value);
    }
    return record;
  }
}

/** Groovy's truth. */
export function isTrue(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}
