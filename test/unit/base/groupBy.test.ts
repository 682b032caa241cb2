import { expect, test } from 'vitest';
import { groupBy } from '../../../src/base/groupBy.ts';

test('items are gathered by their key, in the order in which they came', () => {
  const groups = groupBy(['pear', 'fig', 'plum', 'date', 'kiwi', 'nut'], ({ length }) => length);
  expect([...groups]).toEqual([
    [4, ['pear', 'plum', 'date', 'kiwi']],
    [3, ['fig', 'nut']],
  ]);
  expect(groupBy([], String).size).toBe(0);
});
