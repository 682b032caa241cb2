import { describe, expect, it, test } from 'vitest';
import type { Hyperparameter } from '../../../src/core/space/SearchSpace.ts';
import { editConfiguration } from '../../../src/core/study/editConfiguration.ts';
import { parseConfiguration } from '../../../src/core/study/parseConfiguration.ts';
import { admits, parseRange, renderRange, type OwnRange } from '../../../src/vscode/code/parseRange.ts';

type Of = Pick<Hyperparameter, 'value' | 'range'>;
const units: Of = { value: 64, range: { kind: 'int', low: 16, high: 256, log: true } };
const dropout: Of = { value: 0.3, range: { kind: 'float', low: 0, high: 0.6, log: false } };
const activation: Of = { value: 'relu', range: { kind: 'categorical', choices: ['relu', 'tanh'] } };
const kernel: Of = { value: [3, 3], range: { kind: 'categorical', choices: [[3, 3]] } };
const pool: Of = { value: 2, range: { kind: 'categorical', choices: [2, 3] } };

test.each<[string, Of, OwnRange]>([
  ['16 – 256 log', units, { low: 16, high: 256 }],
  ['16-256', units, { low: 16, high: 256, log: false }],
  ['8 to 32, log', units, { low: 8, high: 32 }],
  ['1e-4..1e-1 log', { value: 0.01, range: { kind: 'float', low: 0.001, high: 0.1, log: true } }, { low: 1e-4, high: 0.1 }],
  ['-1 - 1', { value: 0, range: { kind: 'float', low: 0, high: 1, log: false } }, { low: -1, high: 1 }],
  ['0.1 – 0.5', dropout, { low: 0.1, high: 0.5 }],
  ['16, 32,64', units, { choices: [16, 32, 64] }],
  ['relu, tanh , "a b", None', activation, { choices: ['relu', 'tanh', 'a b', null] }],
  [
    '(3, 3), [5,5]',
    kernel,
    {
      choices: [
        [3, 3],
        [5, 5],
      ],
    },
  ],
  ['1 – 4', pool, { low: 1, high: 4 }],
])('%s is read', (text, of, setting) => {
  expect(parseRange(text, of)).toEqual(setting);
});

test.each<[string, Of, RegExp]>([
  ['', units, /Give a range/],
  ['256 – 16', units, /256 is more than 16/],
  ['1.5 – 3', units, /whole numbers/],
  ['16, 20.5', units, /whole numbers/],
  ['0 – 0.5 log', dropout, /begins above 0/],
  ['1 – 2', activation, /relu is no number/],
  ['relu', units, /relu is no number/],
  ['1 – 2.5', pool, /whole numbers/],
])('%s is refused in words', (text, of, why) => {
  expect(parseRange(text, of)).toMatch(why);
});

describe('a range that is shown to be edited', () => {
  test.each([units, dropout, activation, kernel, pool])('is read as itself: %o', (of) => {
    const parsed = parseRange(renderRange(of.range), of);
    expect(parsed).toEqual(
      of.range.kind === 'categorical' ? { choices: of.range.choices } : { low: of.range.low, high: of.range.high },
    );
  });

  test.each([units, dropout, activation, kernel, pool])('is valid in hone.yaml: %o', (of) => {
    const set = parseRange(renderRange(of.range), of);
    if (typeof set === 'string') throw new Error(set);
    const target = { script: 'train.py', several: false };
    const text = editConfiguration('', [{ path: ['space', 'layers.Dense[1].units'], set }], target);
    expect(parseConfiguration(text).configuration?.space).toEqual({ 'layers.Dense[1].units': set });
  });
});

it('tells whether the own value is among what is tried', () => {
  expect(admits({ low: 1, high: 10 }, 10)).toBe(true);
  expect(admits({ low: 1, high: 10 }, 64)).toBe(false);
  expect(admits({ choices: [[3, 3]] }, [3, 3])).toBe(true);
});
