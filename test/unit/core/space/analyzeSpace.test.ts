import { describe, expect, test } from 'vitest';
import { offered, spaceOf } from './readSpace.ts';

const SVC = 'from sklearn.svm import SVC\n';
const fit = (model: string): string => `${model}.fit(X, y)\n`;

describe('the effective value', () => {
  test.each([
    ['of a name assigned twice', `C = 1.0\nC = 2.0\n${fit('SVC(C=C)')}`, ['C=2']],
    ['of an annotated name', `C: float = 3.0\n${fit('SVC(C=C)')}`, ['C=3']],
    ['of chained names', `C = D = 4.0\n${fit('SVC(C=D)')}`, ['C=4']],
    ['of unpacked names', `C, k = 5.0, 'poly'\n${fit('SVC(C=C, kernel=k)')}`, ['C=5', 'kernel=poly']],
    ['of both branches', `import sys\nif sys.argv:\n  C = 1.0\nelse:\n  C = 9.0\n${fit('SVC(C=C)')}`, ['C=1', 'C=9']],
    ['of both sides of a conditional', `C = 1.0 if len(X) > 9 else 4.0\n${fit('SVC(C=C)')}`, ['C=1', 'C=4']],
    ['of a default that a call overrides', `def make(C=1.0):\n  return SVC(C=C)\n${fit('make(C=6.0)')}`, ['C=6']],
    ['of a default that stays', `def make(C=1.0):\n  return SVC(C=C)\n${fit('make()')}`, ['C=1']],
    ['of a class attribute', `class A:\n  C = 7.0\n${fit('SVC(C=A.C)')}`, ['C=7']],
    ['of a dictionary', `p = {'C': 8.0}\np['gamma'] = 0.5\n${fit('SVC(**p)')}`, ['C=8', 'gamma=0.5']],
    ['of arithmetic on literals', fit('SVC(C=10**-2)'), ['C=0.01']],
    ['of a list that is looped over', `for C in [0.1, 1.0]:\n  ${fit('SVC(C=C)')}`, ['C=[0.1,1]']],
    ['of a position', fit("SVC(2.5, 'linear')"), ['C=2.5', 'kernel=linear']],
  ])('%s', async (_, text, expected) => {
    expect(await offered(SVC + text)).toEqual(expected);
  });

  test('of an import of the same folder, with its file', async () => {
    const space = await spaceOf(`${SVC}from settings import C\n${fit('SVC(C=C)')}`, 'script.py', { settings: 'C = 11.0\n' });
    expect(space.hyperparameters).toMatchObject([{ name: 'C', value: 11, path: 'settings.py', line: 1, start: 4, end: 8 }]);
  });
});

describe('decoys stay silent', () => {
  test.each([
    ['an estimator that is not trained', `other = SVC(C=2.0)\n${fit('SVC()')}`],
    ['a function that is not called', `def idle():\n  SVC(C=2.0).fit(X, y)\n${fit('SVC()')}`],
    ['a computed value', `C = len(X) / 100\n${fit('SVC(C=C)')}`],
    ['seeds and jobs', fit('SVC(random_state=3, verbose=1)')],
    ['a comment and a string', `# SVC(C=2.0)\ntext = 'SVC(C=3.0)'\n${fit('SVC()')}`],
  ])('%s', async (_, text) => {
    expect(await offered(SVC + text)).toEqual([]);
  });
});

const KERAS = 'from keras.models import Sequential, Model\nfrom keras.layers import *\n';
const NETWORK = `${KERAS}m = Sequential([Dense(8), Dense(2)])\nm.compile('adam', 'mse')\n`;

describe('what must not change', () => {
  test.each([
    [
      'a size that is also a shape',
      `${KERAS}n = 16\nm = Sequential([Dense(n, input_dim=n), Dense(1)])\nm.compile('sgd', 'mse')\nm.fit(X, y)\n`,
      ['optimizer=sgd'],
    ],
    [
      'a size that is repeated by initial states',
      `${KERAS}a = Input((None, 3))\n_, h, c = LSTM(12, return_state=True)(a)\nb = LSTM(12)(a, initial_state=[h, c])\nm = Model(a, Dense(1)(b))\nm.compile('sgd', 'mse')\nm.fit(X, y)\n`,
      ['units=12', 'optimizer=sgd'],
    ],
    [
      'a number of classes',
      `${KERAS}n = 4\ny = to_categorical(y, n)\nm = Sequential([Dense(9), Dense(n)])\nm.compile('sgd', 'mse')\nm.fit(X, y)\n`,
      ['units=9', 'optimizer=sgd'],
    ],
  ])('%s', async (_, text, expected) => {
    expect(await offered(text)).toEqual(expected);
  });

  test('is given with the reason', async () => {
    const { fixed } = await spaceOf(`${NETWORK}m.fit(X, y)\n`);
    expect(fixed).toMatchObject([{ name: 'units', value: 2, line: 3, reason: expect.stringContaining('output layer') }]);
  });
});

test('ids survive edits elsewhere in the file', async () => {
  const ids = async (text: string): Promise<string[]> => (await spaceOf(text)).hyperparameters.map(({ id }) => id);
  const text = `${NETWORK}m.fit(X, y, epochs=3)\n`;
  expect(await ids(`# note\nimport os\n\n${text}print(os.name)\n`)).toEqual(await ids(text));
});

test('a value that two layers share is one hyperparameter with one place', async () => {
  const { hyperparameters } = await spaceOf(`${KERAS}n = 6\nm = Sequential([Dense(n), Dense(n), Dense(1)])\nm.fit(X, y)\n`);
  expect(hyperparameters).toMatchObject([
    { id: 'layers.Dense[0].units', variable: 'n', edits: [{ line: 3, start: 74, end: 75 }] },
  ]);
});
