import { expect, test } from 'vitest';
import { unfoundPaths } from '../../../../src/core/study/unfoundPaths.ts';
import { workPath } from '../../../../src/adapters/docker/containerPaths.ts';

test.each([
  ["[Errno 2] No such file or directory: '/data/sets/a b.csv'", ['/data/sets/a b.csv']],
  ["FileNotFoundError: [Errno 2] No such file or directory: '../sets/x.csv'", ['../sets/x.csv']],
  [`No such file or directory: "/it's/x.csv"`, ["/it's/x.csv"]],
  ['/data/x.npz not found.', ['/data/x.npz']],
  [
    "Unable to synchronously open file (unable to open file: name = '/data/x.h5', errno = 2, error message = 'No such file or directory', flags = 0)",
    ['/data/x.h5'],
  ],
  ['NewRandomAccessFile failed to Create/Open: /data/x.tfrecord : No such file or directory', ['/data/x.tfrecord']],
  ['[Errno 2] No such file or directory: "C:\\sets\\x.csv"', ['C:\\sets\\x.csv']],
  [`could not find '/a/x'\nFile "${workPath}/0/tree/train.py", line 3`, ['/a/x']],
  ["[Errno 2] No such file or directory: 'data/x.csv'", []],
  ['ValueError: cannot reshape /data/x', []],
])('%j names %j', (message, paths) => {
  expect(unfoundPaths(message)).toEqual(paths);
});
