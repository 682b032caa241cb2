import { describe, expect, test } from 'vitest';
import { configurationFor, parseBytes } from '../../../../src/core/study/Configuration.ts';
import { parseConfiguration } from '../../../../src/core/study/parseConfiguration.ts';

describe('hone.yaml', () => {
  test('an unknown key is named with its line and the nearest known key', () => {
    const { problems } = parseConfiguration('target: 0.95\nlimits:\n  memry: 4 GB\n');
    expect(problems).toEqual([{ line: 3, message: 'Unknown key "memry"; did you mean "memory"?' }]);
  });

  test('a key that resembles none is named without a guess', () => {
    expect(parseConfiguration('zzzzzzzz: 1').problems).toEqual([{ line: 1, message: 'Unknown key "zzzzzzzz".' }]);
  });

  test('a value of a wrong kind is named with its path and line', () => {
    const { problems } = parseConfiguration('# how it runs\nnetwork: maybe\n');
    expect(problems[0]?.line).toBe(2);
    expect(problems[0]?.message).toBe('"network" must be true or false, not "maybe".');
    expect(parseConfiguration('just text').problems[0]?.message).toBe('hone.yaml must be keys with values, not "just text".');
    expect(parseConfiguration('args: {a: 1}').problems[0]?.message).toBe('"args" must be a list, not keys with values.');
    expect(parseConfiguration('gpus: []').problems[0]?.message).toMatch(/^"gpus" must be ("all" or "none" or )?a number/);
  });

  test('who gets mail is an address, and nothing that could end a header or name others', () => {
    for (const to of [
      'ada',
      'ada@example.org, eve@example.org',
      'Ada <ada@example.org>',
      'ada@example.org\\r\\nBcc: eve@example.org',
    ]) {
      const { problems } = parseConfiguration(`notify: {to: "${to}"}\n`);
      expect(problems).toEqual([{ line: 1, message: '"notify.to" must be a mail address such as ada@example.org.' }]);
    }
    expect(parseConfiguration('notify: {to: [ada@example.org, größe@bücher.example], on: [failed]}\n').problems).toEqual([]);
    expect(parseConfiguration('notify: {on: [faild]}\n').problems[0]?.message).toMatch(/must be one of target-reached/);
  });

  test('broken YAML is an error with its line, not an exception', () => {
    expect(parseConfiguration('a: [1,\nb: }').problems[0]?.message).toMatch(/not valid YAML/);
  });

  test('an empty file is an empty configuration', () => {
    expect(parseConfiguration('')).toEqual({ configuration: {}, problems: [] });
  });

  test("a script's own settings win over the general ones", () => {
    const { configuration } = parseConfiguration('args: [1, two]\ntarget: 90\nscripts:\n  a/train.py:\n    target: 95%\n');
    expect(configuration && configurationFor(configuration, 'a/train.py')).toEqual({ args: ['1', 'two'], target: '95%' });
    expect(configuration && configurationFor(configuration, 'b.py')).toEqual({ args: ['1', 'two'], target: 90 });
  });
});

test.each([
  ['4 GB', 4 * 1024 ** 3],
  ['512m', 512 * 1024 ** 2],
  [1000, 1000],
  ['2KiB', 2048],
  ['7', 7],
  [undefined, null],
])('%j is %j bytes', (size, bytes) => {
  expect(parseBytes(size)).toBe(bytes);
});
