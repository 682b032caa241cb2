import { describe, expect, test } from 'vitest';
import { fixedValues, offered, spaceOf } from './readSpace.ts';

const CLASSIC = `from sklearn.svm import SVC
from sklearn.impute import KNNImputer
from sklearn.decomposition import PCA
from sklearn.model_selection import train_test_split, cross_val_score, KFold
X = KNNImputer(n_neighbors=5, copy=True).fit_transform(X)
X = PCA(8, random_state=3).fit_transform(X)
a, b, c, d = train_test_split(X, y, test_size=0.25, random_state=1)
SVC(C=2.0).fit(a, c)
cross_val_score(SVC(C=2.0), X, y, cv=KFold(10))
`;

const NETWORK = `from keras.models import Sequential
from keras.layers import Dense, Embedding, Flatten
from keras.preprocessing.sequence import pad_sequences
height, width = 28, 14
words = 5000
x = pad_sequences(x, 80)
model = Sequential([Embedding(words, 16, input_shape=(height, width, 1)), Flatten(), Dense(32), Dense(1)])
model.compile('adam', 'mse')
model.fit(x, y, batch_size=64, epochs=3, validation_split=0.2)
model.evaluate(x, y, batch_size=128)
`;

describe('numbers that belong to the data or to the measurement', () => {
  test('are shown with the reason, and the chores beside them are not', async () => {
    const { fixed } = await spaceOf(CLASSIC);
    expect(fixed.map(({ name, value, line, reason }) => [name, value, line, reason])).toEqual([
      ['n_neighbors', 5, 5, 'It prepares data, which stays as it is in every trial.'],
      ['n_components', 8, 6, 'It prepares data, which stays as it is in every trial.'],
      ['test_size', 0.25, 7, 'It decides which rows the result is measured on; trials are compared on the same ones.'],
      ['n_splits', 10, 9, 'It decides which rows the result is measured on; trials are compared on the same ones.'],
    ]);
  });

  test('are followed to the names that they are bound to, and the rest of a shape is left out', async () => {
    expect((await fixedValues(NETWORK)).toSorted()).toEqual([
      'batch_size=128',
      'input_dim=5000',
      'input_shape=14',
      'input_shape=28',
      'maxlen=80',
      'units=1',
      'validation_split=0.2',
    ]);
  });

  test('never take away what can be tuned', async () => {
    const shared = `from keras.models import Sequential
from keras.layers import Dense
size = 64
model = Sequential([Dense(32, input_dim=8), Dense(1)])
model.compile('adam', 'mse')
model.fit(x, y, batch_size=size, epochs=2)
model.evaluate(x, y, batch_size=size)
`;
    expect(await offered(shared)).toContain('batch_size=64');
    expect(await fixedValues(shared)).not.toContain('batch_size=64');
  });

  test('are at most fifteen', async () => {
    const many = Array.from({ length: 30 }, (_, index) => `X = PCA(n_components=${index + 2}).fit_transform(X)`);
    const text = ['from sklearn.decomposition import PCA', 'from sklearn.svm import SVC', ...many, 'SVC(C=2.0).fit(X, y)'];
    expect(await fixedValues(text.join('\n'))).toHaveLength(15);
  });

  test.each([
    ['of another library', 'from mine import PCA'],
    [
      'of a function that is not called',
      'from sklearn.decomposition import PCA\ndef unused():\n  PCA(n_components=4)\nPCA = print',
    ],
  ])('are none %s', async (_, head) => {
    expect(await fixedValues(`${head}\nfrom sklearn.svm import SVC\nPCA(n_components=4)\nSVC(C=2.0).fit(X, y)\n`)).toEqual([]);
  });
});
