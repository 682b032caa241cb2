import { describe, expect, test } from 'vitest';
import { applyAssignment } from '../../../../src/core/space/applyAssignment.ts';
import { spaceOf } from './readSpace.ts';

const SKLEARN =
  'import numpy as np\nimport random\nfrom sklearn.svm import SVC\nfrom sklearn.model_selection import *\nfrom sklearn.datasets import *\n';

/** The lines that another seed changes, as they come out. */
async function reseeded(text: string): Promise<string[]> {
  const space = await spaceOf(text);
  const edited = applyAssignment(space, {}, () => text, 77).get('script.py') ?? text;
  return edited.split('\n').filter((line, index) => line !== text.split('\n')[index]);
}

describe('another seed', () => {
  test.each([
    [
      'takes the place of those of split, model and folds',
      `${SKLEARN}a, b, c, d = train_test_split(X, y, random_state=1)\nm = SVC(random_state=2)\nm.fit(a, c)\ncross_val_score(m, X, y, cv=KFold(5, random_state=3))\n`,
      [
        'a, b, c, d = train_test_split(X, y, random_state=77)',
        'm = SVC(random_state=77)',
        'cross_val_score(m, X, y, cv=KFold(5, random_state=77))',
      ],
    ],
    [
      'is written once where one name stands for all',
      `${SKLEARN}SEED = 42\nnp.random.seed(SEED)\nrandom.seed(SEED)\nSVC(random_state=SEED).fit(X, y)\n`,
      ['SEED = 77'],
    ],
    [
      'takes the place of those of frameworks',
      'import torch, tensorflow as tf, xgboost as xgb\ntorch.manual_seed(0)\ntf.random.set_seed(1)\nxgb.train({"seed": 5}, data)\n',
      ['torch.manual_seed(77)', 'tf.random.set_seed(77)', 'xgb.train({"seed": 77}, data)'],
    ],
    [
      'leaves the seed that makes the data',
      `${SKLEARN}X, y = make_classification(random_state=4)\nSVC(random_state=5).fit(X, y)\n`,
      ['SVC(random_state=77).fit(X, y)'],
    ],
    [
      'leaves a name that stands for data, too',
      `${SKLEARN}S = 4\nX, y = make_moons(random_state=S)\nSVC(random_state=S).fit(X, y)\n`,
      [],
    ],
    ['leaves a generator that draws the data', `${SKLEARN}np.random.seed(3)\nX = np.random.randn(9, 2)\nSVC().fit(X, y)\n`, []],
    [
      'leaves the shared generator where data comes from it unseen',
      `${SKLEARN}np.random.seed(3)\nX, y = make_blobs(100)\nSVC().fit(X, y)\n`,
      [],
    ],
    [
      'reaches a generator that only shuffles',
      `${SKLEARN}np.random.seed(3)\norder = np.random.permutation(9)\nSVC().fit(X[order], y[order])\n`,
      ['np.random.seed(77)'],
    ],
    ['leaves a number that stands for more', `${SKLEARN}n = 3\nSVC(random_state=n, degree=n).fit(X, y)\n`, []],
  ])('%s', async (_, text, expected) => {
    expect(await reseeded(text)).toEqual(expected);
  });

  test('is told where it goes, and what for', async () => {
    const { seeds } = await spaceOf(`${SKLEARN}SVC(random_state=2).fit(X, y)\n`);
    expect(seeds).toEqual([{ path: 'script.py', line: 6, column: 18, start: 147, end: 148, kind: 'model' }]);
  });
});
