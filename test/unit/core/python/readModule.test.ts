import { describe, expect, test } from 'vitest';
import type { Module, Statement } from '../../../../src/core/python/Ast.ts';
import { readModule } from '../../../../src/core/python/readModule.ts';
import { positionAt } from '../../../../src/core/python/Source.ts';
import { loadParser } from '../scan/readFixture.ts';

async function read(text: string, path = 'script.py'): Promise<Module> {
  const result = readModule(path, text, await loadParser(), () => false);
  if ('problem' in result) throw new Error(result.problem);
  return result.module;
}

const spelled = (statement: Statement): string => statement.source.text.slice(statement.start, statement.end);

describe('ranges', () => {
  test('count UTF-16 units, CRLF as two, without the byte order mark', async () => {
    const module = await read('\uFEFFa = "🌲"\r\nb = 12\r\n');
    const [, second] = module.body;
    expect(second && spelled(second)).toBe('b = 12');
    expect(second && positionAt(second.source, second.start)).toEqual({ line: 2, column: 1 });
    expect(second?.start).toBe(10);
  });
});

describe('what does not parse', () => {
  test('an unclosed bracket spoils only its own statement', async () => {
    const module = await read('f(g(1)\nx = 2\ny = 3\n');
    expect(module.body.map(spelled)).toEqual(expect.arrayContaining(['x = 2', 'y = 3']));
    expect(module.problems).toMatchObject([{ kind: 'error', line: 1 }]);
  });

  test('a stray bracket inside a function leaves the function', async () => {
    const module = await read('def f(a):\n    b = a)\n    return b\n\n\nf(1)\n');
    const definition = module.body[0];
    const call = module.body.at(-1);
    expect(definition).toMatchObject({ kind: 'function', name: 'f', body: [{ kind: 'assign' }, { kind: 'return' }] });
    expect(call && spelled(call)).toBe('f(1)');
    expect(module.problems).toMatchObject([{ kind: 'error', line: 2 }]);
  });

  test('Python 2 is read, and named as such', async () => {
    const module = await read('print "a", b\nexec "c"\ntry:\n    pass\nexcept E, e:\n    pass\n');
    expect(module.body.map((statement) => statement.kind)).toEqual(['simple', 'simple', 'try']);
    expect(module.problems).toMatchObject([{ kind: 'python2', line: 1 }]);
  });
});

describe('a hostile text is given up on with a reason', () => {
  test.each([
    ['a\0b', 'It is not text: it holds null bytes.'],
    ['a = 1\rb = 2\r', 'Its lines end in single carriage returns, which Hone does not read; save it with LF or CRLF line ends.'],
    ['x'.repeat(4_000_001), 'It is 4 MB long; files over 4 MB are not read.'],
  ])('%#', async (text, sentence) => {
    expect(readModule('x.py', text, await loadParser(), () => false)).toEqual({ problem: sentence });
  });

  test('in time', async () => {
    expect(readModule('x.py', 'x = 1\n', await loadParser(), () => true)).toEqual({
      problem: 'Reading it took too long, so it was given up.',
    });
  });

  test.each([
    ['brackets', `x = ${'('.repeat(10_000)}1${')'.repeat(10_000)}\ny = 2\n`],
    ['lists never closed', `x = ${'['.repeat(10_000)}`],
    ['blocks', `${Array.from({ length: 600 }, (_, level) => `${' '.repeat(level)}if x:\n`).join('')}${' '.repeat(600)}pass\n`],
    ['sums', `x = ${Array.from({ length: 10_000 }, () => '1').join('+')}\n`],
  ])('nested deeply: %s do not overflow the stack', async (_, text) => {
    const module = await read(text);
    expect(module.problems.map((problem) => problem.kind)).toSatisfy(
      (kinds: string[]) => kinds.includes('depth') || kinds.includes('error'),
    );
  });
});
