import { describe, expect, test } from 'vitest';
import { readModule } from '../../../../src/core/python/readModule.ts';
import { inspectTraining, type TrainingInspection } from '../../../../src/core/scan/inspectTraining.ts';
import { loadParser } from './readFixture.ts';

async function inspect(text: string, path = 'script.py'): Promise<TrainingInspection> {
  const read = readModule(path, text, await loadParser(), () => false);
  if ('problem' in read) throw new Error(read.problem);
  return inspectTraining(read.module, { resolveModule: () => null, isOverdue: () => false });
}

async function found(text: string): Promise<string[]> {
  return (await inspect(text)).findings.map(({ code, place }) => `${code} ${place.line}`);
}

const LOAD = 'from sklearn.datasets import load_wine\nfrom sklearn.svm import SVC\nX, y = load_wine(return_X_y=True)\n';
const SPLIT = `${LOAD}from sklearn.model_selection import train_test_split\nX_train, X_test, y_train, y_test = train_test_split(X, y)\n`;
const KERAS =
  'from tensorflow import keras\n(x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()\n' +
  'model = keras.Sequential([keras.layers.Dense(10)])\nmodel.compile("adam", "mse", metrics=["accuracy"])\n';

describe('a number on the rows of the fit is found', () => {
  test.each([
    ['a score', `${LOAD}model = SVC()\nmodel.fit(X, y)\nprint(model.score(X, y))`, 6],
    ['a score of what fit gave', `${LOAD}model = SVC().fit(X, y)\nprint(model.score(X, y))`, 5],
    ['a split that is not used', `${SPLIT}model = SVC().fit(X_train, y_train)\nprint(model.score(X_train, y_train))`, 7],
    ['keywords', `${LOAD}model = SVC()\nmodel.fit(y=y, X=X)\nprint(model.score(X=X, y=y))`, 6],
    [
      'a metric of a prediction',
      `${LOAD}from sklearn.metrics import accuracy_score\nmodel = SVC()\nmodel.fit(X, y)\nguess = model.predict(X)\nprint(accuracy_score(y, guess))`,
      8,
    ],
    [
      'attributes of a data set',
      'from sklearn.datasets import load_iris\nfrom sklearn.svm import SVC\niris = load_iris()\nmodel = SVC()\n' +
        'model.fit(iris.data, iris.target)\nprint(model.score(iris.data, iris.target))',
      6,
    ],
    ['evaluate', `${KERAS}model.fit(x_train, y_train, epochs=3)\nprint(model.evaluate(x_train, y_train))`, 6],
  ])('%s', async (_, text, line) => {
    expect(await found(text)).toEqual([`scored-on-training-data ${line}`]);
  });
});

describe('a number on the rows of the fit is nothing to speak of', () => {
  test.each([
    [
      'beside one on other rows',
      `${SPLIT}m = SVC().fit(X_train, y_train)\nprint(m.score(X_train, y_train), m.score(X_test, y_test))`,
    ],
    [
      'beside a comparison by hand',
      `${SPLIT}m = SVC().fit(X_train, y_train)\nprint(m.score(X_train, y_train))\nprint((m.predict(X_test) == y_test).mean())`,
    ],
    [
      'beside folds',
      `${LOAD}from sklearn.model_selection import cross_val_score\nprint(cross_val_score(SVC(), X, y))\nm = SVC().fit(X, y)\nprint(m.score(X, y))`,
    ],
    [
      'after a search over folds',
      `${LOAD}from sklearn.model_selection import GridSearchCV\nm = GridSearchCV(SVC(), {"C": [1, 2]})\nm.fit(X, y)\nprint(m.score(X, y))`,
    ],
    [
      'where fit sets rows aside',
      `${KERAS}model.fit(x_train, y_train, validation_split=0.1)\nprint(model.evaluate(x_train, y_train))`,
    ],
    ['where the rows were made anew', `${LOAD}m = SVC()\nm.fit(X, y)\nX, y = load_wine(return_X_y=True)\nprint(m.score(X, y))`],
    ['before the fit', `${LOAD}m = SVC().fit(X, y)\nn = SVC()\nprint(n.score(X, y))`],
    ['where fit has no targets', `${LOAD}from sklearn.cluster import KMeans\nm = KMeans(3)\nm.fit(X)\nprint(m.score(X, y))`],
    [
      'for a truth table',
      'import numpy as np\nfrom sklearn.neural_network import MLPClassifier\nX = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])\ny = np.array([0, 1, 1, 0])\n' +
        'm = MLPClassifier().fit(X, y)\nprint(m.score(X, y))',
    ],
    [
      'where nobody knows the rows',
      `${LOAD}m = SVC()\ntry:\n    m.fit(a_train, b_train)\n    print(m.score(c_train, d_train))\nexcept NameError:\n    pass`,
    ],
    ['where a part was not read', `${LOAD}m = SVC().fit(X, y)\nprint(m.score(X, y))\nif (:\n    pass\n`],
  ])('%s', async (_, text) => {
    expect(await found(text)).toEqual([]);
  });
});

describe('test rows as validation data', () => {
  test('are found where the number is measured on them again', async () => {
    const text = `${KERAS}model.fit(x_train, y_train, validation_data=(x_test, y_test))\nprint(model.evaluate(x_test, y_test))`;
    const { findings } = await inspect(text);
    expect(findings).toMatchObject([{ code: 'test-as-validation', evidence: [{ place: { line: 6 } }] }]);
    const { start = 0, end = 0 } = findings[0]?.place ?? {};
    expect(text.slice(start, end)).toBe('(x_test, y_test)');
  });

  test.each([
    [
      'other rows',
      'x_val, x_test = x_test[:100], x_test[100:]\nmodel.fit(x_train, y_train, validation_data=(x_val, y_test))\nmodel.evaluate(x_test, y_test)',
    ],
    ['no measure afterwards', 'model.fit(x_train, y_train, validation_data=(x_test, y_test))'],
    [
      'rows called validation',
      'x_val, y_val = x_test, y_test\nmodel.fit(x_train, y_train, validation_data=(x_val, y_val))\nmodel.evaluate(x_val, y_val)',
    ],
  ])('are not found with %s', async (_, text) => {
    expect(await found(KERAS + text)).toEqual([]);
  });
});

describe('a script that tells no number', () => {
  test.each([
    ['saves its model', `${SPLIT}import joblib\nm = SVC()\nm.fit(X_train, y_train)\nprint("done")\njoblib.dump(m, "m.pkl")`, 8],
    ['predicts and drops it', `${SPLIT}m = SVC().fit(X_train, y_train)\nguess = m.predict(X_test)`, 6],
  ])('is found where it %s', async (_, text, line) => {
    expect(await found(text)).toEqual([`no-metric ${line}`]);
  });

  test.each([
    ['prints', 'm = SVC().fit(X, y)\nprint((m.predict(X) == y).mean())'],
    ['hands its model to code of another module', 'import ours\nm = SVC().fit(X, y)\nours.tell(m)'],
    ['writes', 'm = SVC().fit(X, y)\nopen("out", "w").write(str(m.support_))'],
    ['is talkative while it fits', 'SVC(verbose=True).fit(X, y)'],
  ])('is not found where it %s', async (_, text) => {
    expect(await found(LOAD + text)).toEqual([]);
  });
});

test('trainings are where the file trains when it is run', async () => {
  const { trainings } = await inspect(`${LOAD}def never():\n    SVC().fit(X, y)\nmodel = SVC()\nmodel.fit(X, y)\n`);
  expect(trainings).toMatchObject([{ line: 7, column: 1 }]);
});
