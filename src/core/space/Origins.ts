import type { Expression, LiteralValue, Ranged } from '../python/Ast.ts';
import { CommandLine, type GivenLiteral } from '../python/flow/CommandLine.ts';
import type { Trace } from '../python/flow/followModule.ts';
import { type Call, type SequenceValue, type Value } from '../python/flow/Value.ts';
import type { HyperparameterValue } from './Assignment.ts';
import { foldConstant } from './foldConstant.ts';
import type { Origin } from './Origin.ts';
import { Parents } from './Parents.ts';
import { keyOf } from './Site.ts';

const MAX_DEPTH = 12;

/** Finds where values are written down, through names, calls, containers, loops and command-line defaults. */
export class Origins {
  readonly parents: Parents;
  readonly #commandLine: CommandLine;

  constructor(trace: Trace) {
    this.parents = new Parents([trace.module, ...trace.modules]);
    this.#commandLine = new CommandLine(trace.calls, trace.words);
  }

  /** The literals that a value comes from, each once; none where any part of it is computed. */
  of(value: Value, depth = 0): readonly Origin[] {
    if (depth > MAX_DEPTH) return [];
    switch (value.kind) {
      case 'literal':
        return this.#literal(value.node, value.value);
      case 'sequence':
        return this.#sequence(value, depth);
      case 'choice':
        return this.#loopedOver(value.options) ?? unique(value.options.flatMap((option) => this.of(option, depth + 1)));
      case 'derived':
        return this.#constant(value.node);
      default:
        return this.#behind(value, depth);
    }
  }

  /** Literals anywhere within a value, those that it is computed from included. */
  within(value: Value, depth = 0): readonly Origin[] {
    if (depth > MAX_DEPTH) return [];
    const inner = (values: readonly Value[]): readonly Origin[] => unique(values.flatMap((part) => this.within(part, depth + 1)));
    const direct = this.of(value, depth);
    if (value.kind === 'sequence') return unique([...direct, ...inner(value.items)]);
    if (value.kind === 'choice') return unique([...direct, ...inner(value.options)]);
    if (value.kind === 'derived') return unique([...direct, ...inner(value.from)]);
    return direct;
  }

  #literal(node: Ranged, value: LiteralValue): readonly Origin[] {
    if ('option' in node) return [{ node, value, option: (node as GivenLiteral).option }];
    const own = 'kind' in node && node.kind === 'literal' && node.end > node.start && this.parents.of(node) !== null;
    return own ? [this.#onlyItem(node) ?? { node, value }] : [];
  }

  /** The list that is looped over where a literal is its only item. */
  #onlyItem(node: Ranged): Origin | null {
    const list = this.parents.of(node);
    if (list === null || !('kind' in list) || list.kind !== 'sequence' || list.items.length !== 1) return null;
    const around = this.parents.of(list);
    const looped = around !== null && 'kind' in around && around.kind === 'for' && around.iterable === list;
    return looped ? this.#written(list) : null;
  }

  #sequence(value: SequenceValue, depth: number): readonly Origin[] {
    const written = this.#written(value.node);
    if (written !== null) return [written];
    const items = value.items.map((item) => this.of(item, depth + 1));
    return value.open || items.some((origins) => origins.length === 0) ? [] : unique(items.flat());
  }

  /** A list or tuple of which every part is a literal. */
  #written(node: Ranged): Origin | null {
    if (!('kind' in node) || this.parents.of(node) === null) return null;
    const value = literalItems(node as Expression);
    return value === null || value.length === 0 ? null : { node, value };
  }

  /** Options that are the items of one list, as a loop over it gives them, come from that list. */
  #loopedOver(options: readonly Value[]): readonly Origin[] | null {
    const nodes = options.map((option) => (option.kind === 'literal' || option.kind === 'sequence' ? option.node : null));
    const lists = new Set(nodes.map((node) => (node === null ? null : this.parents.of(node))));
    const [list] = lists;
    if (lists.size !== 1 || list == null || !('kind' in list) || list.kind !== 'sequence') return null;
    const written = this.#written(list);
    return written !== null && list.items.every((item) => nodes.includes(item)) ? [written] : null;
  }

  #constant(node: Expression): readonly Origin[] {
    if (this.parents.of(node) === null) return [];
    const value = foldConstant(node);
    return value === null ? [] : [{ node, value }];
  }

  #behind(value: Value, depth: number): readonly Origin[] {
    const given = this.#commandLine.valueOf(value);
    if (given !== null) return this.of(given, depth + 1);
    const inner = value.kind === 'result' ? passedOn(value.call) : null;
    return inner === null ? [] : this.of(inner, depth + 1);
  }
}

const CONVERSIONS = new Set([
  'int',
  'float',
  'str',
  'round',
  'abs',
  'list',
  'tuple',
  'Option',
  'Argument',
  'float32',
  'int32',
  'Variable',
  'array',
]);

/** What a call hands through: conversions, `os.environ.get(name, value)`, typer's options. */
function passedOn(call: Call): Value | null {
  if (call.callee.kind !== 'external') return null;
  if (/^os\.(?:environ\.get|getenv)$/u.test(call.callee.path)) return call.args[1]?.value ?? null;
  const [first] = call.args;
  return CONVERSIONS.has(call.name) && first?.keyword === null ? first.value : null;
}

function literalItems(node: Expression): HyperparameterValue[] | null {
  if (node.kind !== 'sequence' || node.type === 'set') return null;
  const values: HyperparameterValue[] = [];
  for (const item of node.items) {
    const value = item.kind === 'literal' ? item.value : item.kind === 'sequence' ? literalItems(item) : foldConstant(item);
    if (value === null && item.kind !== 'literal') return null;
    values.push(value);
  }
  return values;
}

/** Each place once. */
export function unique(origins: readonly Origin[]): readonly Origin[] {
  return [...new Map(origins.map((origin) => [keyOf(origin.node), origin])).values()];
}
