import type { Expression } from '../python/Ast.ts';
import { optionsOf, type CallArgument, type Value } from '../python/flow/Value.ts';
import { leafOf } from './canonicalPath.ts';
import type { MetricData } from './Script.ts';

/** Which rows an argument holds: as its name says, else as it was split off or loaded. */
export function dataOf(argument: CallArgument): MetricData {
  const named = dataOfWords(wordsIn(argument.expression));
  return named === 'unknown' ? dataOfValue(argument.value, 0) : named;
}

/** Which rows a text speaks of: `Test accuracy`, `X_val`. */
export function dataOfWords(words: string): MetricData {
  const parts = words
    .replace(/([a-z])(?=[A-Z])/gu, '$1_')
    .toLowerCase()
    .split(/[^a-z]+/u);
  if (
    parts.some((part) =>
      /^(?:x|y)?(?:test|tests|testing|tst|eval|evaluation|holdout|unseen)(?:x|y|set|data|loader|ds|gen)?$/u.test(part),
    )
  )
    return 'test';
  if (parts.some((part) => /^(?:x|y)?(?:val|valid|validation|validate|dev|cv|oof)(?:x|y|set|data|loader|ds|gen)?$/u.test(part)))
    return 'validation';
  return parts.some((part) => /^(?:x|y)?(?:train|training|trn|tr)(?:x|y|set|data|loader|ds|gen)?$/u.test(part))
    ? 'train'
    : 'unknown';
}

function wordsIn(expression: Expression): string {
  switch (expression.kind) {
    case 'name':
      return expression.id;
    case 'attribute':
      return `${expression.name} ${wordsIn(expression.object)}`;
    case 'subscript':
      return `${wordsIn(expression.object)} ${expression.indices.map(wordsIn).join(' ')}`;
    case 'literal':
      return typeof expression.value === 'string' ? expression.value : '';
    case 'sequence':
      return expression.items.map(wordsIn).join(' ');
    case 'call':
      return expression.args.map((argument) => wordsIn(argument.value)).join(' ');
    default:
      return '';
  }
}

const MAX_DEPTH = 12;

function dataOfValue(value: Value, depth: number): MetricData {
  if (depth > MAX_DEPTH) return 'unknown';
  switch (value.kind) {
    case 'item':
      return dataOfItem(value, depth);
    case 'member':
      return dataOfValue(value.object, depth + 1);
    case 'result': {
      const { callee, args } = value.call;
      const [first] = args;
      const own =
        first === undefined || (callee.kind === 'external' && /^(?:load|read|fetch|make)_/u.test(leafOf(callee.path)))
          ? 'unknown'
          : dataOfArgument(first, depth);
      return own === 'unknown' && callee.kind === 'member' ? dataOfValue(callee.object, depth + 1) : own;
    }
    case 'derived':
      return firstKnown(value.from, depth);
    case 'sequence':
      return firstKnown(value.items, depth);
    case 'choice':
      return firstKnown(optionsOf(value), depth);
    default:
      return 'unknown';
  }
}

function dataOfArgument(argument: CallArgument, depth: number): MetricData {
  const named = dataOfWords(wordsIn(argument.expression));
  return named === 'unknown' ? dataOfValue(argument.value, depth + 1) : named;
}

/** `train_test_split` gives pairs of train and test; a data set's `load_data` gives train, then test. */
function dataOfItem(value: Extract<Value, { kind: 'item' }>, depth: number): MetricData {
  const { of, index } = value;
  if (of.kind === 'result' && typeof index === 'number') {
    if (of.call.name === 'train_test_split') return index % 2 === 1 ? 'test' : 'train';
    if (of.call.name === 'load_data') return index === 1 ? 'test' : 'train';
  }
  return dataOfValue(of, depth + 1);
}

function firstKnown(values: readonly Value[], depth: number): MetricData {
  for (const value of values) {
    const data = dataOfValue(value, depth + 1);
    if (data !== 'unknown') return data;
  }
  return 'unknown';
}
