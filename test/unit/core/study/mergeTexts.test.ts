import { expect, test } from 'vitest';
import { mergeTexts } from '../../../../src/core/study/mergeTexts.ts';

const BASE = 'import a\r\nunits = 32\r\nrate = 0.1\r\nfit()\r\n';

test('brings a change into a text that changed elsewhere, with its line ends', () => {
  const now = BASE.replace('import a', 'import a, b').replace('fit()', 'fit()\r\nprint(1)');
  const merged = mergeTexts(BASE, now, BASE.replace('32', '64'));
  expect(merged).toEqual({ text: now.replace('32', '64'), conflicts: [] });
});

test('takes over what both sides changed alike', () => {
  const both = BASE.replace('32', '64');
  expect(mergeTexts(BASE, both.replace('fit', 'fit2'), both)).toEqual({ text: both.replace('fit', 'fit2'), conflicts: [] });
});

test('names lines that both sides changed, and leaves the text of now there', () => {
  const now = BASE.replace('32', '48');
  const merged = mergeTexts(BASE, now, BASE.replace('32', '64'));
  expect(merged).toEqual({ text: now, conflicts: [{ line: 2, now: 'units = 48', wanted: 'units = 64' }] });
});

test('keeps a text without a last line end', () => {
  expect(mergeTexts('a = 1', 'a = 1', 'a = 2').text).toBe('a = 2');
  expect(mergeTexts('x\na = 1', 'y\na = 1', 'x\na = 1')).toEqual({ text: 'y\na = 1', conflicts: [] });
});

test('merges a line beside which others were added or removed', () => {
  const wanted = BASE.replace('32', '64');
  for (const now of [
    BASE.replace('rate', '# faster\r\nrate'),
    BASE.replace('rate = 0.1\r\n', ''),
    BASE.replace('units', 'x = 1\r\nunits'),
  ]) {
    expect(mergeTexts(BASE, now, wanted)).toEqual({ text: now.replace('32', '64'), conflicts: [] });
  }
});

test('says the line of now, also below lines that were added', () => {
  const now = `# new\r\n# lines\r\n${BASE.replace('32', '48')}`;
  expect(mergeTexts(BASE, now, BASE.replace('32', '64')).conflicts).toEqual([
    { line: 4, now: 'units = 48', wanted: 'units = 64' },
  ]);
});
