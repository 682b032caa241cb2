import { describe, expect, test } from 'vitest';
import { findUnnamed, withoutBodies } from '../../../../src/core/python/findUnnamed.ts';
import { readModule } from '../../../../src/core/python/readModule.ts';
import { walkStatements } from '../../../../src/core/python/walkStatements.ts';
import { analyzeText, loadParser } from '../scan/readFixture.ts';

const BODY = `    total = sum(range(10))\n    print("a text that is long enough", total)\n    return total * 2  # done (yet)\n    # so it is\n`;
const named = (text: string): string[] => findUnnamed(text).map(({ start }) => /def (\w+)/u.exec(text.slice(start))?.[1] ?? '?');

describe('functions that need not be read', () => {
  test('are those which the file names nowhere else', () => {
    expect(named(`def used():\n${BODY}\ndef unused(a,\n           b=1):\n${BODY}\ndef plain(a):\n${BODY}\nused()\n`)).toEqual([
      'plain',
    ]);
  });

  test.each([
    ['decorated, which may hand it on', `@app.command()\ndef f():\n${BODY}`],
    ['named in a text', `def f():\n${BODY}\nrun("f")\n`],
    ['within a text', `x = """\ndef f():\n${BODY}"""\n`],
    ['behind a bracket that is never closed', `x = (1,\ndef f():\n${BODY}`],
    ['with a quote that is never closed', `def f():\n${BODY}    x = "a\n`],
    ['written for Python 2', `def f():\n${BODY}    print "a", total\n`],
    ['short', 'def f():\n    return 1\n'],
    ['on one line', `def f(): return ${'1 + '.repeat(40)}1\n`],
  ])('are not one that is %s', (_, text) => {
    expect(named(text)).toEqual([]);
  });

  test('are cut down to a pass, and all else stays where it was', () => {
    const text = `def f():\n${BODY}\nx = 1\n`;
    const short = withoutBodies(text, findUnnamed(text));
    expect(short).toHaveLength(text.length);
    expect(short.indexOf('x = 1')).toBe(text.indexOf('x = 1'));
    expect(short).toMatch(/^def f\(\):\n {4}pass#+\nx = 1\n$/u);
  });
});

test('read on request, a body is what it is when it is read at once', async () => {
  const text = `import os\n\n\ndef f(a):\n    """Says\n\nsomething."""\n${BODY}\n# apart\n\nx = 1\n`;
  const parse = await loadParser();
  const spelled = (lazily: boolean): string[] => {
    const read = readModule('script.py', text, parse, () => false, lazily);
    if ('problem' in read) throw new Error(read.problem);
    return [...walkStatements(read.module.body)].map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`);
  };
  expect(spelled(true)).toEqual(spelled(false));
  expect(spelled(true)).toHaveLength(7);
});

test('a body is passed over where its text is of no interest', async () => {
  const read = readModule('script.py', `def f():\n${BODY}`, await loadParser(), () => false, true);
  const body = 'module' in read ? read.module.body : [];
  expect([...walkStatements(body, () => false)]).toHaveLength(1);
  expect([...walkStatements(body)]).toHaveLength(4);
  expect([...walkStatements(body, () => false)]).toHaveLength(4);
});

test('a library is found by functions that it names only once', async () => {
  const script = await analyzeText(
    `from sklearn.svm import SVC\n\n\ndef train(x, y):\n    model = SVC()\n${BODY.split('\n')[0]}\n    model.fit(x, y)\n    return model\n`,
  );
  expect(script).toMatchObject({ trains: true, runsDirectly: false, framework: 'sklearn' });
});
