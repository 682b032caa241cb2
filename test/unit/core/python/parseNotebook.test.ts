import { describe, expect, test } from 'vitest';
import { blankMagics, parseNotebook } from '../../../../src/core/python/parseNotebook.ts';

describe('a notebook', () => {
  test('gives its code cells, numbered over all cells', () => {
    const text = JSON.stringify({
      cells: [
        { cell_type: 'markdown', source: 'x' },
        { cell_type: 'code', source: ['a = 1\n', 'b = 2'] },
      ],
    });
    expect(parseNotebook('n.ipynb', text)).toMatchObject([{ cell: 1, text: 'a = 1\nb = 2' }]);
  });

  test('of format 3 has its cells in worksheets', () => {
    const text = JSON.stringify({ worksheets: [{ cells: [{ cell_type: 'code', input: 'a = 1' }] }] });
    expect(parseNotebook('n.ipynb', text)).toMatchObject([{ cell: 0, text: 'a = 1' }]);
  });

  test.each([
    ['{"cells": [', 'It is not a notebook: its JSON does not parse.'],
    ['{"cells": 3}', 'It is not a notebook of format 3 or 4.'],
    ['{"cells": [], "metadata": {"language_info": {"name": "R"}}}', 'It is a notebook for R, not for Python.'],
  ])('%s is answered by a sentence', (text, sentence) => {
    expect(parseNotebook('n.ipynb', text)).toBe(sentence);
  });
});

describe('magics are blanked, character for character', () => {
  test.each([
    ['%matplotlib inline\nx = 1', '                  \nx = 1'],
    ['!pip install keras\r\nx = 1', '                  \r\nx = 1'],
    ['model.fit?', '          '],
    ['if x:\n    %time f()\n', 'if x:\n    0;    f()\n'],
    ['%time f(1)\n', '0;    f(1)\n'],
    ['files = !ls -l\n', 'files = 0     \n'],
    ['%%bash\nls\n', '      \n  \n'],
    ['%%time\nf()\n', '      \nf()\n'],
    ['t = """\n!ls\n"""\n', 't = """\n!ls\n"""\n'],
    ['a = b % c\n', 'a = b % c\n'],
  ])('%j', (written, blanked) => {
    expect(blankMagics(written)).toBe(blanked);
    expect(blanked).toHaveLength(written.length);
  });
});
