import type { LiteralExpression, LiteralValue } from '../Ast.ts';
import { givenArgument } from './givenArgument.ts';
import { argumentOf, optionsOf, type Call, type Value } from './Value.ts';

/** A value that the words of the command line give; it stands where the script names the option. */
export interface GivenLiteral extends LiteralExpression {
  readonly option: string;
}

/** Command-line arguments of a script: what they are given, and what argparse, absl and their kin fill in where they are not. */
export class CommandLine {
  readonly #calls: readonly Call[];
  readonly #words: readonly string[];

  constructor(calls: readonly Call[], words: readonly string[]) {
    this.#words = words;
    this.#calls = calls.filter((call) => /^(?:add_argument|set_defaults)$/u.test(call.name) || call.name.startsWith('DEFINE_'));
  }

  /** What stands behind a value such as `args.lr`: what is given, else the default; null where the value is none. */
  valueOf(value: Value): Value | null {
    const [holder, name] = partsOf(value);
    if (holder === null || name === null) return null;
    const owner = parserOf(holder);
    if (owner !== null) return this.#argument(name, owner);
    return holder.kind === 'external' && /(?:^|\.)FLAGS$/u.test(holder.path) ? this.#flag(name) : null;
  }

  #argument(name: string, parser: Value): Value | null {
    const own = this.#calls.filter((call) => call.name === 'add_argument' && destinationOf(call) === name);
    const found = own.find((call) => belongsTo(call.callee, parser)) ?? (own.length === 1 ? own[0] : undefined);
    const given = found === undefined ? null : givenValue(found, this.#words);
    if (given !== null) return given;
    const reset = this.#calls.findLast((call) => call.name === 'set_defaults' && belongsTo(call.callee, parser));
    const value = reset === undefined ? null : argumentOf(reset, name);
    if (value !== null) return value.value;
    return found === undefined ? null : (argumentOf(found, 'default')?.value ?? null);
  }

  #flag(name: string): Value | null {
    const found = this.#calls.find(
      (call) => call.name.startsWith('DEFINE_') && literalText(argumentOf(call, 'name', 0)?.value) === name,
    );
    const given = found === undefined ? null : givenValue(found, this.#words);
    return found === undefined ? null : (given ?? argumentOf(found, 'default', 1)?.value ?? null);
  }
}

/** What the words give to the option that a call declares: `add_argument('--lr', type=float)`, `click.option('--lr')`; null where nothing. */
export function givenValue(declaration: Call, words: readonly string[]): Value | null {
  if (words.length === 0) return null;
  const [first] = declaration.args;
  const names = declaration.args.flatMap(({ keyword, value }) => (keyword === null ? [literalText(value) ?? ''] : []));
  const given = givenArgument(declaration.name.startsWith('DEFINE_') ? [`--${names[0]}`] : names, words);
  if (given === null || first === undefined) return null;
  const { source, start, end } = first.expression;
  const node: GivenLiteral = {
    kind: 'literal',
    value: readWord(given.text, declaration),
    source,
    start,
    end,
    option: given.option,
  };
  return { kind: 'literal', value: node.value, node };
}

/** A word as the declared type reads it; an option that takes no value is true. */
function readWord(text: string | null, declaration: Call): LiteralValue {
  if (text === null) return true;
  const type = argumentOf(declaration, 'type')?.value;
  const usual = argumentOf(declaration, 'default')?.value;
  const number = /^builtins\.(?:int|float)$/u.test(type?.kind === 'external' ? type.path : '');
  const likeDefault = type === undefined && usual?.kind === 'literal' && typeof usual.value === 'number';
  return (number || likeDefault || declaration.name.startsWith('DEFINE_')) && Number.isFinite(Number(text)) ? Number(text) : text;
}

/** `args.lr`, `vars(args)['lr']` and `FLAGS.lr`: what holds the value, and its name. */
function partsOf(value: Value): [Value | null, string | null] {
  if (value.kind === 'member') return [value.object, value.name];
  if (value.kind === 'item' && typeof value.index === 'string') return [value.of, value.index];
  if (value.kind === 'external') {
    const at = value.path.lastIndexOf('.');
    return [{ kind: 'external', path: value.path.slice(0, at) }, value.path.slice(at + 1)];
  }
  return [null, null];
}

/** The parser whose `parse_args()` gave a value. */
function parserOf(value: Value): Value | null {
  for (const option of optionsOf(value)) {
    if (option.kind === 'item') return parserOf(option.of);
    if (option.kind !== 'result') continue;
    const { callee, name, args } = option.call;
    if (/^parse_(?:known_)?args$/u.test(name) && callee.kind === 'member') return callee.object;
    const [first] = args;
    if (name === 'vars' && first !== undefined) return parserOf(first.value);
  }
  return null;
}

function belongsTo(callee: Value, parser: Value): boolean {
  if (callee.kind !== 'member') return false;
  for (const owner of optionsOf(callee.object)) {
    if (optionsOf(parser).some((option) => option === owner || isSameCall(option, owner))) return true;
    if (owner.kind === 'result' && belongsTo(owner.call.callee, parser)) return true;
  }
  return false;
}

function isSameCall(one: Value, other: Value): boolean {
  return one.kind === 'result' && other.kind === 'result' && one.call === other.call;
}

/** The attribute that an argument is kept under, as argparse derives it. */
function destinationOf(call: Call): string | null {
  const given = literalText(argumentOf(call, 'dest')?.value);
  if (given !== null) return given;
  const flags = call.args.filter((argument) => argument.keyword === null).map((argument) => literalText(argument.value) ?? '');
  const name = flags.find((flag) => flag.startsWith('--')) ?? flags[0];
  return name === undefined ? null : name.replace(/^-+/u, '').replaceAll('-', '_');
}

function literalText(value: Value | undefined): string | null {
  return value?.kind === 'literal' && typeof value.value === 'string' ? value.value : null;
}
