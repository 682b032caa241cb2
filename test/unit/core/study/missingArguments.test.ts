import { expect, test } from 'vitest';
import { describeMissingArguments, missingArguments } from '../../../../src/core/study/missingArguments.ts';

test.each([
  [
    'usage: train.py [-h] --data DATA out\ntrain.py: error: the following arguments are required: --data/-d, out\n',
    ['--data', 'out'],
  ],
  ["Usage: train.py [OPTIONS]\n\nError: Missing option '--data'.\n", ['--data']],
  ["Error: Missing argument 'PATH'.\r\n", ['PATH']],
  ['Traceback (most recent call last):\nValueError: the following is required: x\n', []],
  ['', []],
])('%j misses %j', (output, names) => {
  expect(missingArguments(output)).toEqual(names);
});

test('the sentence says where they can be given', () => {
  expect(describeMissingArguments(['--data', 'out'])).toBe(
    'The script needs --data and out: add `-- --data VALUE OUT` to the command, or `args` to hone.yaml.',
  );
});
