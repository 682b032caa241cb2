import { expect, test } from 'vitest';
import { isSameCode } from '../../../../src/core/study/isSameCode.ts';

function notebook(source: string, output: string): string {
  return JSON.stringify({ cells: [{ cell_type: 'code', source: [source], outputs: [output] }] });
}

test('line ends and a byte order mark are no other code', () => {
  expect(isSameCode('a.py', '\uFEFFa = 1\r\n', 'a = 1\n')).toBe(true);
  expect(isSameCode('a.py', 'a = 1\n', 'a = 2\n')).toBe(false);
});

test('a notebook that was run again holds the same code', () => {
  expect(isSameCode('a.ipynb', notebook('a = 1', 'x'), notebook('a = 1', 'y'))).toBe(true);
  expect(isSameCode('a.ipynb', notebook('a = 1', 'x'), notebook('a = 2', 'x'))).toBe(false);
});
