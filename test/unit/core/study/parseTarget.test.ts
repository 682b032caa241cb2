import { expect, test } from 'vitest';
import { parseTarget } from '../../../../src/core/study/parseTarget.ts';

test.each([['95'], ['95%'], ['0.95'], [0.95], [95], [' 95 % ']])('%j is one target of a bounded metric', (text) => {
  expect(parseTarget(text, true)).toBe(0.95);
  expect(parseTarget('99.9', true)).toBe(0.999);
});

test.each([['120%'], ['101'], ['1.5'], ['0'], ['-1'], ['high'], [''], ['0.9.5']])(
  '%j is refused for a bounded metric',
  (text) => {
    expect(parseTarget(text, true)).toBeNull();
  },
);

test('an unbounded metric takes any number as it is, and no percent', () => {
  expect(parseTarget('120', false)).toBe(120);
  expect(parseTarget('1e-3', false)).toBe(0.001);
  expect(parseTarget('5%', false)).toBeNull();
});
