import { choiceOf, type Value } from './Value.ts';

/** Any element of a value that is looped over. */
export function iterate(value: Value): Value {
  switch (value.kind) {
    case 'sequence':
      return choiceOf(value.items);
    case 'dict':
      return choiceOf([...value.entries.keys()].map((key): Value => ({ kind: 'literal', value: key, node: value.node })));
    case 'choice':
      return choiceOf(value.options.map(iterate));
    case 'unknown':
      return value;
    default:
      return { kind: 'item', of: value, index: null };
  }
}

/** The element of a value at an index or a key. */
export function itemAt(value: Value, index: Value): Value {
  const key = index.kind === 'literal' ? index.value : null;
  switch (value.kind) {
    case 'choice':
      return choiceOf(value.options.map((option) => itemAt(option, index)));
    case 'sequence': {
      const item = typeof key === 'number' ? value.items.at(key) : undefined;
      return item ?? choiceOf(value.items);
    }
    case 'dict':
      if (index.kind !== 'literal') return choiceOf([...value.entries.values(), ...value.rest]);
      return value.entries.get(key) ?? choiceOf(value.rest);
    default:
      return { kind: 'item', of: value, index: key };
  }
}
