import type { Ranged } from '../Ast.ts';
import type { Interpreter } from './Interpreter.ts';
import { iterate } from './iterate.ts';
import { loadData } from './loadData.ts';
import {
  choiceOf,
  UNKNOWN,
  type CallArgument,
  type DictValue,
  type MemberValue,
  type SequenceValue,
  type Value,
} from './Value.ts';

/** What a call of a built-in gives where it matters to following values; null for all others. */
export function applyBuiltin(path: string, args: readonly CallArgument[], interpreter: Interpreter): Value | null {
  const [first, second] = args;
  switch (path) {
    case 'builtins.zip':
      return zip(args);
    case 'builtins.enumerate':
      return first === undefined ? null : enumerate(first);
    case 'builtins.list':
    case 'builtins.tuple':
    case 'builtins.sorted':
    case 'builtins.reversed':
    case 'builtins.iter':
    case 'tqdm.tqdm':
      return first?.value.kind === 'sequence' ? first.value : null;
    case 'builtins.dict':
      return first === undefined || first.keyword !== null || first.value.kind === 'dict' ? createDict(args) : null;
    case 'builtins.getattr':
      return first && second?.value.kind === 'literal' ? interpreter.attribute(first.value, String(second.value.value)) : null;
    case 'builtins.__import__':
      // Without a list of names it gives the package itself.
      return first?.value.kind === 'literal' ? { kind: 'external', path: String(first.value.value).split('.')[0] ?? '' } : null;
    case 'functools.partial':
      return first?.value.kind === 'function' ? first.value : null;
    case 'builtins.super': {
      const current = interpreter.frame.function;
      return current?.self?.kind === 'object' && current.owner
        ? { kind: 'super', object: current.self, after: current.owner }
        : null;
    }
    default:
      return loadData(path, args, interpreter);
  }
}

/** What a method of a list or a dictionary gives; null where the object is neither, or the method unknown. */
export function applyContainer(member: MemberValue, args: readonly CallArgument[]): Value | null {
  const { object, name } = member;
  if (object.kind === 'sequence') return applySequence(object, name, args);
  if (object.kind === 'dict') return applyDict(object, name, args);
  return null;
}

function applySequence(list: SequenceValue, name: string, args: readonly CallArgument[]): Value | null {
  const value = args.at(-1)?.value;
  if (value === undefined) return null;
  if (name === 'append' || name === 'insert' || name === 'add') list.items.push(value);
  else if (name === 'extend') list.items.push(...(value.kind === 'sequence' ? value.items : [iterate(value)]));
  else return null;
  return UNKNOWN;
}

function applyDict(dict: DictValue, name: string, args: readonly CallArgument[]): Value | null {
  const [first, second] = args;
  const values = [...dict.entries.values(), ...dict.rest];
  switch (name) {
    case 'items':
      return sequence(
        [
          ...[...dict.entries].map(([key, value]) =>
            sequence([{ kind: 'literal', value: key, node: dict.node }, value], dict.node, 'tuple'),
          ),
          ...dict.rest.map((value) => sequence([UNKNOWN, value], dict.node, 'tuple')),
        ],
        dict.node,
      );
    case 'values':
      return sequence(values, dict.node);
    case 'keys':
      return sequence(
        [...dict.entries.keys()].map((key) => ({ kind: 'literal', value: key, node: dict.node })),
        dict.node,
      );
    case 'get':
    case 'pop':
    case 'setdefault':
      if (first?.value.kind !== 'literal') return choiceOf(values);
      return dict.entries.get(first.value.value) ?? choiceOf([...dict.rest, ...(second ? [second.value] : [])]);
    case 'copy':
      return { ...dict, entries: new Map(dict.entries), rest: [...dict.rest] };
    case 'update':
      for (const argument of args) {
        if (argument.keyword !== null) dict.entries.set(argument.keyword, argument.value);
        else if (argument.value.kind === 'dict') {
          for (const [key, value] of argument.value.entries) dict.entries.set(key, value);
          dict.rest.push(...argument.value.rest);
        }
      }
      return UNKNOWN;
    default:
      return null;
  }
}

function createDict(args: readonly CallArgument[]): Value | null {
  const [first] = args;
  if (first === undefined) return null;
  const dict: DictValue = { kind: 'dict', entries: new Map(), rest: [], node: first.expression };
  applyDict(dict, 'update', args);
  return dict;
}

function zip(args: readonly CallArgument[]): Value | null {
  const [first] = args;
  if (first === undefined) return null;
  const node = first.expression;
  const known = args.map((argument) =>
    argument.value.kind === 'sequence' && !argument.value.open ? argument.value.items : null,
  );
  const length = Math.min(...known.map((items) => items?.length ?? Number.POSITIVE_INFINITY));
  if (known.includes(null) || !Number.isFinite(length))
    return sequence(
      [
        sequence(
          args.map((argument) => iterate(argument.value)),
          node,
          'tuple',
        ),
      ],
      node,
      'list',
      true,
    );
  const rows = Array.from({ length }, (_, index) =>
    sequence(
      known.map((items) => items?.[index] ?? UNKNOWN),
      node,
      'tuple',
    ),
  );
  return sequence(rows, node);
}

function enumerate(of: CallArgument): Value {
  const items = of.value.kind === 'sequence' ? of.value.items : [iterate(of.value)];
  return sequence(
    items.map((item) => sequence([UNKNOWN, item], of.expression, 'tuple')),
    of.expression,
    'list',
    true,
  );
}

function sequence(items: Value[], node: Ranged, type: 'list' | 'tuple' = 'list', open = false): SequenceValue {
  return { kind: 'sequence', type, items, open, node };
}
