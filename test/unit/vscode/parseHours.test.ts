import { expect, test } from 'vitest';
import { parseHours } from '../../../src/vscode/tune/parseHours.ts';

test.each([
  ['2', 2],
  [' 1.5 h', 1.5],
  ['0,25', 0.25],
  ['', null],
  ['h', null],
  ['0', null],
  ['-1', null],
  ['forever', null],
  ['9000', null],
])('%j is %j hours', (text, hours) => {
  expect(parseHours(text)).toBe(hours);
});
