import { describe, expect, it } from 'vitest';
import { splitArguments } from '../../../../src/core/study/splitArguments.ts';

describe('splitArguments', () => {
  it.each([
    ['', []],
    ['  --data  iris.csv ', ['--data', 'iris.csv']],
    [`--name 'two words' --note="it's \\"so\\""`, ['--name', 'two words', `--note=it's "so"`]],
    [`'' a\\ b "C:\\data"`, ['', 'a b', 'C:\\data']],
    [`'a'"b"c`, ['abc']],
    ['$HOME; rm *', ['$HOME;', 'rm', '*']],
  ])('%s', (line, words) => {
    expect(splitArguments(line)).toEqual(words);
  });

  it.each(["--name 'two words", '--name "two', 'end\\'])('finds what is left open in %s', (line) => {
    expect(splitArguments(line)).toBeNull();
  });
});
