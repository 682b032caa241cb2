import { describe, expect, test } from 'vitest';
import { applyAssignment } from '../../../../src/core/space/applyAssignment.ts';
import type { Assignment } from '../../../../src/core/space/Assignment.ts';
import { spaceOf } from './readSpace.ts';

const HEAD = 'from keras.models import Sequential\nfrom keras.layers import Conv2D, Dense, Flatten, MaxPooling2D\n';
const TAIL = 'model.compile("adam", "mse")\nmodel.fit(x, y)\n';

async function structureOf(text: string): Promise<string[]> {
  return (await spaceOf(text)).structure.map(({ id, value, min, max }) => `${id}=${value} in ${min}..${max}`);
}

async function edited(text: string, assignment: Assignment): Promise<string> {
  const space = await spaceOf(text);
  return applyAssignment(space, assignment, () => text).get('script.py') ?? text;
}

describe('layers of a network', () => {
  const adds = `${HEAD}model = Sequential()\nmodel.add(Dense(64, input_dim=8, activation='relu'))\nmodel.add(Dense(32, activation='relu'))  # wide\nmodel.add(Dense(1))\n${TAIL}`;

  test('are added like the last, with the values that it is given, and removed with their values', async () => {
    expect(await edited(adds, { 'structure.dense': 3, 'layers.Dense[1].units': 20 })).toContain(
      "model.add(Dense(20, activation='relu'))  # wide\nmodel.add(Dense(20, activation='relu'))\nmodel.add(Dense(1))\n",
    );
    expect(await edited(adds, { 'structure.dense': 1, 'layers.Dense[1].units': 20, 'layers.Dense[0].units': 9 })).toContain(
      "model.add(Dense(9, input_dim=8, activation='relu'))\nmodel.add(Dense(1))\n",
    );
  });

  test('never take the one away that says what comes in', async () => {
    expect(await structureOf(adds)).toContain('structure.dense=2 in 1..4');
  });

  test('leave a dropout that is added where its layer stays, and not where that is removed', async () => {
    const one = await edited(adds, { 'structure.dropout': 1 });
    expect(one).toContain('# wide\nmodel.add(Dropout(0.2))\n');
    expect(one).toContain('import Conv2D, Dropout, Dense');
    const gone = await edited(adds, { 'structure.dropout': 1, 'structure.dense': 1 });
    expect(gone).not.toContain('Dropout');
  });

  test('follow their sizes in PyTorch', async () => {
    const text =
      'import torch\nfrom torch import nn\nmodel = nn.Sequential(\n    nn.Linear(8, 40),\n    nn.ReLU(),\n    nn.Linear(40, 20),\n    nn.ReLU(),\n    nn.Linear(20, 2),\n)\n' +
      'optimizer = torch.optim.Adam(model.parameters())\nfor x, y in data:\n    optimizer.zero_grad()\n    nn.functional.mse_loss(model(x), y).backward()\n    optimizer.step()\n';
    expect(await edited(text, { 'structure.dense': 1, 'layers.Linear[0].hidden': 12 })).toContain(
      'nn.Linear(8, 12),\n    nn.ReLU(),\n    nn.Linear(12, 2),\n)',
    );
    expect(await edited(text, { 'structure.dense': 3, 'layers.Linear[1].hidden': 12 })).toContain(
      'nn.Linear(40, 12),\n    nn.ReLU(),\n    nn.Linear(12, 12),\n    nn.ReLU(),\n    nn.Linear(12, 2),\n)',
    );
  });

  test('take all with them that belongs to one', async () => {
    const text =
      'import torch\nfrom torch import nn\nmodel = nn.Sequential(nn.Linear(8, 40), nn.LayerNorm(40), nn.GELU(), nn.Linear(40, 20), nn.LayerNorm(20), nn.GELU(), nn.Linear(20, 2))\n' +
      'optimizer = torch.optim.Adam(model.parameters())\nfor x, y in data:\n    optimizer.zero_grad()\n    nn.functional.mse_loss(model(x), y).backward()\n    optimizer.step()\n';
    expect(await edited(text, { 'structure.dense': 1 })).toContain(
      '(nn.Linear(8, 40), nn.LayerNorm(40), nn.GELU(), nn.Linear(40, 2))',
    );
    expect(await edited(text, { 'structure.dense': 3 })).toContain('nn.GELU(), nn.Linear(20, 20), nn.GELU(), nn.Linear(20, 2))');
  });

  const picture = (side: number): string =>
    `${HEAD}model = Sequential([\n    Conv2D(8, 3, input_shape=(${side}, ${side}, 1)),\n    MaxPooling2D(2),\n    Flatten(),\n    Dense(2),\n])\n${TAIL}`;

  test.each([
    [8, '1 in 1..1', [3, 5], [2, 3]],
    [12, '1 in 1..2', [3], [2]],
    [200, '1 in 1..3', [3, 5, 7], [2, 3]],
  ])('and windows on pictures of side %i never bring a side to zero', async (side, blocks, kernels, pools) => {
    const { structure, hyperparameters } = await spaceOf(picture(side));
    const found = structure.find(({ name }) => name === 'blocks');
    expect(`1 in ${found?.min ?? 1}..${found?.max ?? 1}`).toBe(blocks);
    const choices = (name: string): unknown => hyperparameters.find((one) => one.name === name)?.range;
    expect(choices('kernel_size')).toEqual({ kind: 'categorical', choices: kernels });
    expect(choices('pool_size')).toEqual({ kind: 'categorical', choices: pools });
  });

  test('stay below the own windows where the size of pictures is not known', async () => {
    const text = picture(64).replace('(64, 64, 1)', 'x.shape[1:]').replace('Conv2D(8, 3', 'Conv2D(8, 5');
    const { structure, hyperparameters } = await spaceOf(text);
    expect(structure.some(({ name }) => name === 'blocks')).toBe(false);
    expect(hyperparameters.find(({ name }) => name === 'kernel_size')?.range).toEqual({ kind: 'categorical', choices: [5, 3] });
  });

  test('whose size something else divides keep it, and heads divide it', async () => {
    const text =
      'import torch\nfrom torch import nn\nclass Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.a = nn.Linear(8, 24)\n        self.b = nn.MultiheadAttention(24, 4)\n' +
      '        self.c = nn.Conv1d(10, 20, 3, groups=5)\n        self.d = nn.Linear(22, 1)\n    def forward(self, x):\n        x = self.a(x)\n        x, _ = self.b(x, x, x)\n        return self.d(self.c(x))\n' +
      'net = Net()\noptimizer = torch.optim.Adam(net.parameters())\nfor x, y in data:\n    optimizer.zero_grad()\n    (net(x) - y).sum().backward()\n    optimizer.step()\n';
    const { hyperparameters } = await spaceOf(text);
    expect(hyperparameters.map(({ name }) => name)).not.toContain('hidden');
    expect(hyperparameters.map(({ name }) => name)).not.toContain('out_channels');
    expect(hyperparameters.find(({ name }) => name === 'num_heads')?.range).toEqual({
      kind: 'categorical',
      choices: [1, 2, 3, 4, 6, 8, 12],
    });
  });

  test.each([
    ['a data set of Keras', '(x, y), _ = cifar10.load_data()\nx = x.astype("float32")\nx /= 255\n', 'x.shape[1:]', [3, 5]],
    ['a reshape', 'rows = 8\nx = load().reshape(-1, rows, rows, 1) / 255\n', 'x.shape[1:]', [3, 5]],
    ['its sides', '(x, y), _ = mnist.load_data()\n', '(x.shape[1], x.shape[2], 1)', [3, 5]],
    ['data of another shape', '(x, y), _ = mnist.load_data()\n', 'x.shape[1:]', [3]],
    ['a data set of another library', 'from mine import cifar10\n(x, y), _ = cifar10.load_data()\n', 'x.shape[1:]', [3]],
  ])('and windows know the pictures of %s', async (_, data, shape, kernels) => {
    const text = picture(64).replace('(64, 64, 1)', shape).replace('model = ', `${data}model = `);
    const { hyperparameters } = await spaceOf(`from keras.datasets import cifar10, mnist\n${text}`);
    const found = hyperparameters.find(({ name }) => name === 'kernel_size')?.range;
    expect(found).toEqual({ kind: 'categorical', choices: kernels });
  });

  test.each([
    ['that are taken by name', adds.replace('model.compile', 'model.get_layer("a")\nmodel.compile')],
    ['whose weights are loaded', adds.replace('model.compile', 'model.load_weights("a.h5")\nmodel.compile')],
    ['that a loop adds', adds.replace('model.add(Dense(32', 'for _ in range(2):\n    model.add(Dense(32')],
    ['that a branch adds', adds.replace('model.add(Dense(32', 'if wide:\n    model.add(Dense(32')],
    ['that share their line', adds.replace('  # wide\n', '; ')],
    [
      'that are part of another network',
      adds.replace('model.compile', 'inner = model\nmodel = Sequential([inner, Dense(1)])\nmodel.compile'),
    ],
    ['that were not trained', `${adds.replace('model.fit(x, y)\n', '')}model = Sequential([Dense(1)])\n${TAIL}`],
  ])('%s are left as they are', async (_, text) => {
    expect(await structureOf(text)).toEqual([]);
  });

  test('of an encoder and its decoder keep their number', async () => {
    const sizes = [64, 16, 64].map((size) => `Dense(${size})`).join(', ');
    const found = await structureOf(`${HEAD}model = Sequential([Flatten(), ${sizes}, Dense(100)])\n${TAIL}`);
    expect(found.filter((line) => line.includes('dense'))).toEqual([]);
  });
});

describe('a scaler', () => {
  const script = (use: string, estimator = 'SVC(C=2)'): string =>
    `from sklearn.svm import SVC\nfrom sklearn.ensemble import RandomForestClassifier\nX, y = load()\nclf = ${estimator}\nclf.fit(X, y)\n${use}\n`;

  test('is put before an estimator that measures distances, with its imports', async () => {
    expect(await edited(script('print(clf.score(X, y))'), { 'structure.scaler': 1, 'SVC.C': 3 })).toBe(
      'from sklearn.svm import SVC\nfrom sklearn.ensemble import RandomForestClassifier\nfrom sklearn.pipeline import make_pipeline\n' +
        'from sklearn.preprocessing import StandardScaler\nX, y = load()\nclf = make_pipeline(StandardScaler(), SVC(C=3))\nclf.fit(X, y)\nprint(clf.score(X, y))\n',
    );
  });

  test.each([
    ['a forest', script('', 'RandomForestClassifier()')],
    ['an estimator whose coefficients are read', script('print(clf.coef_)')],
    ['an estimator whose arguments are read', script('print(clf.C)')],
    [
      'an estimator in a search',
      script('from sklearn.model_selection import GridSearchCV\nGridSearchCV(clf, {"C": [1]}).fit(X, y)'),
    ],
    ['weighted samples', script('clf.fit(X, y, sample_weight=w)')],
    ['data that is scaled already', script('from sklearn.preprocessing import MinMaxScaler\nMinMaxScaler().fit(X)')],
    ['counts of words', script('from sklearn.feature_extraction.text import CountVectorizer\nCountVectorizer()')],
    ['an estimator that a library gets', script('import shap\nshap.KernelExplainer(clf, X)')],
  ])('is not for %s', async (_, text) => {
    expect(await structureOf(text)).toEqual([]);
  });
});
