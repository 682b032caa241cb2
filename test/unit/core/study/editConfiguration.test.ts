import { describe, expect, test } from 'vitest';
import { configurationFor } from '../../../../src/core/study/Configuration.ts';
import { editConfiguration, type ConfigurationChange } from '../../../../src/core/study/editConfiguration.ts';
import { parseConfiguration } from '../../../../src/core/study/parseConfiguration.ts';

const alone = { script: 'train.py', several: false };
const oneOfSeveral = { script: 'cnn/train.py', several: true };
const args = (...words: string[]): ConfigurationChange => ({ path: ['args'], set: words });

/** What holds for a script after an edit. */
function read(text: string, script = 'train.py'): object {
  const { configuration, problems } = parseConfiguration(text);
  expect(problems).toEqual([]);
  return configuration === null ? {} : configurationFor(configuration, script);
}

describe('a file that is not there', () => {
  test('is made with what is set', () => {
    expect(editConfiguration('', [args('--data', 'x y.csv', '--epochs', '3')], alone)).toBe(
      'args: [--data, x y.csv, --epochs, "3"]\n',
    );
  });

  test('gets an entry for a script that is one of several', () => {
    expect(editConfiguration('', [args('a'), { path: ['network'], set: true }], oneOfSeveral)).toBe(
      'scripts:\n  cnn/train.py:\n    args: [a]\n    network: true\n',
    );
  });
});

describe('a file of the user', () => {
  const text =
    '# How it runs\nnetwork:   false   # no downloads\n\nargs:\n  - --data   # where\n  - old.csv\n\n# What is wanted\ntarget: 95%\n';

  test('keeps each character but those of the value that changes', () => {
    expect(editConfiguration(text, [args('--data', 'new.csv')], alone)).toBe(
      '# How it runs\nnetwork:   false   # no downloads\n\nargs: [--data, new.csv]\n\n# What is wanted\ntarget: 95%\n',
    );
  });

  test('keeps the comment beside the value that changes', () => {
    expect(editConfiguration(text, [{ path: ['network'], set: true }], alone)).toContain('\nnetwork: true   # no downloads\n\n');
  });

  test('gets what is new below what is there', () => {
    expect(editConfiguration(text, [{ path: ['limits', 'memory'], set: '4 GB' }], alone)).toBe(
      `${text}limits:\n  memory: 4 GB\n`,
    );
  });

  test.each(['args: [a]', 'args: [a]\r\nlimits:\r\n  cpus: 2\r\n'])('keeps its line ends: %j', (before) => {
    const after = editConfiguration(before, [{ path: ['limits', 'memory'], set: '4 GB' }], alone);
    expect(after.startsWith(before)).toBe(true);
    expect(after.replaceAll('\r\n', '').includes('\n')).toBe(!before.includes('\r'));
  });

  test('keeps its byte order mark', () => {
    expect(editConfiguration('\uFEFFargs: [a]\n', [args('b')], alone)).toBe('\uFEFFargs: [b]\n');
  });

  test.each([
    ['a key without a value', 'args: # none yet\nnetwork: true\n', 'args: [b] # none yet\nnetwork: true\n'],
    ['a map on one line', 'limits: {cpus: 2} # few\n', 'limits: {cpus: 2} # few\nargs: [b]\n'],
    ['a document on one line', '{network: true}\n', '{network: true, args: [b]}\n'],
    ['a text of several lines', 'tweak: |\n  one\n  two\n', 'tweak: |\n  one\n  two\nargs: [b]\n'],
    ['nothing but a comment', '# later\n', '# later\nargs: [b]\n'],
    ['marks of the document', '---\nnetwork: true\n...\n', '---\nnetwork: true\nargs: [b]\n...\n'],
  ])('may hold %s', (_, before, after) => {
    expect(editConfiguration(before.replace('args: # none yet', 'env: {}\nargs: [] # none yet'), [args('b')], alone)).toBe(
      after.replace('args: [b] # none yet', 'env: {}\nargs: [b] # none yet'),
    );
  });

  test('is extended within a map on one line', () => {
    expect(editConfiguration('limits: {cpus: 2} # few\n', [{ path: ['limits', 'memory'], set: '4 GB' }], alone)).toBe(
      'limits: {cpus: 2, memory: 4 GB} # few\n',
    );
  });

  test('is not touched where it is not valid, and the line is named', () => {
    expect(() => editConfiguration('target: 1\nargz: [a]\n', [args('b')], alone)).toThrow(
      'hone.yaml, line 2: Unknown key "argz"; did you mean "args"?',
    );
    expect(() => editConfiguration('a: [1,\nb: }', [args('b')], alone)).toThrow(/not valid YAML/);
  });

  test('does not become invalid', () => {
    expect(() => editConfiguration('', [{ path: ['gpus'], set: 'many' }], alone)).toThrow(/"gpus" must be/);
    const shared = 'args: &a [x]\nscripts:\n  b.py:\n    args: *a\n';
    expect(() => editConfiguration(shared, [args('y')], alone)).toThrow(/hone\.yaml/);
  });
});

describe('an entry of a script', () => {
  const text = 'data: [/sets/a]\nlimits: {cpus: 2}\nscripts:\n  train.py: # ours\n    target: 90\n  other.py:\n    target: 80\n';

  test('takes what is changed for it, though it is alone', () => {
    expect(editConfiguration(text, [args('b')], alone)).toBe(text.replace('target: 90\n', 'target: 90\n    args: [b]\n'));
  });

  test('keeps what it had from the general part of a value that it now has of its own', () => {
    const after = editConfiguration(
      text,
      [
        { path: ['limits', 'memory'], set: '4 GB' },
        { path: ['data'], add: '/sets/b' },
      ],
      alone,
    );
    expect(read(after)).toEqual({ target: 90, limits: { cpus: 2, memory: '4 GB' }, data: ['/sets/a', '/sets/b'] });
    expect(read(after, 'other.py')).toEqual({ target: 80, limits: { cpus: 2 }, data: ['/sets/a'] });
  });
});

describe('adding', () => {
  test.each([
    ['', 'data: [/b]\n'],
    ['data: /a\n', 'data: [/a, /b]\n'],
    ['data: [/a] # x\n', 'data: [/a, /b] # x\n'],
    ['data:\n- /a # x\n\nargs: [c]\n', 'data:\n- /a # x\n- /b\n\nargs: [c]\n'],
    ['data:\n    - /a', 'data:\n    - /a\n    - /b\n'],
    ['data: [/b]\n', 'data: [/b]\n'],
  ])('to %j gives %j', (before, after) => {
    expect(editConfiguration(before, [{ path: ['data'], add: '/b' }], alone)).toBe(after);
  });
});

describe('removing', () => {
  test.each([
    ['args: [a]\n', ''],
    ['# one\nargs:\n  - a\n  - b # last\n# two\ntarget: 1\n', '# one\n# two\ntarget: 1\n'],
    ['scripts:\n  train.py:\n    args: [a]\n', ''],
    ['scripts:\n  train.py:\n    args: [a]\n    target: 1\n', 'scripts:\n  train.py:\n    target: 1\n'],
    ['{args: [a], target: 1}\n', '{target: 1}\n'],
    ['target: 1\n', 'target: 1\n'],
  ])('args from %j leaves %j', (before, after) => {
    expect(editConfiguration(before, [{ path: ['args'], remove: true }], alone)).toBe(after);
  });
});

test.each([
  '# no comment',
  'a: b',
  '- x',
  '[y',
  '{z',
  '*star',
  '&amp',
  '!bang',
  "it's",
  '"q"',
  '',
  ' ',
  '0x10',
  '1e3',
  'null',
  'true',
  'ä😀',
  'two\nlines',
  '%d',
  '@at',
  '--flag=a, b',
  'x'.repeat(300),
])('the argument %j comes back as it was', (word) => {
  const before = '# kept\ntarget: 1\n';
  const after = editConfiguration(
    before,
    [args(word, 'b'), { path: ['env', word === '' ? 'E' : word], set: word }],
    oneOfSeveral,
  );
  expect(read(after, 'cnn/train.py')).toMatchObject({ args: [word, 'b'], env: { [word === '' ? 'E' : word]: word } });
  expect(after.startsWith(before)).toBe(true);
});
