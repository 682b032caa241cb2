import { describe, expect, test } from 'vitest';
import { analyzeText } from './readFixture.ts';

const SKLEARN = 'from sklearn.svm import SVC\nX, y = [[0], [1]], [0, 1]\n';

describe('running the file trains', () => {
  test.each([
    ['through an alias', 'import sklearn.svm as s\nmake = s.SVC\nmake().fit([[0]], [0])\n'],
    ['in a function that is called', `${SKLEARN}def go():\n    SVC().fit(X, y)\ngo()\n`],
    [
      'in a function handed to a thread',
      `${SKLEARN}from threading import Thread\ndef go():\n    SVC().fit(X, y)\nThread(target=go).start()\n`,
    ],
    ['with the model in a dictionary', `${SKLEARN}models = {"svc": SVC()}\nmodels["svc"].fit(X, y)\n`],
    [
      'with the model from a branch',
      `${SKLEARN}import sys\nif sys.argv[1:]:\n    m = SVC(C=1)\nelse:\n    m = SVC(C=9)\nm.fit(X, y)\n`,
    ],
    [
      'where an import falls back',
      'try:\n    from sklearn.svm import SVC\nexcept ImportError:\n    SVC = None\nSVC().fit([[0]], [0])\n',
    ],
    ['through a lambda', `${SKLEARN}make = lambda: SVC()\nmake().fit(X, y)\n`],
    [
      'through functools.partial',
      `${SKLEARN}from functools import partial\ndef go(c):\n    SVC(C=c).fit(X, y)\npartial(go, 2)()\n`,
    ],
    [
      'in a method of an inherited class',
      `${SKLEARN}class A:\n    def go(self):\n        self.make().fit(X, y)\nclass B(A):\n    def make(self):\n        return SVC()\nB().go()\n`,
    ],
    [
      'under a main guard within a try',
      `${SKLEARN}if __name__ == "__main__":\n    try:\n        SVC().fit(X, y)\n    finally:\n        pass\n`,
    ],
  ])('%s', async (_, text) => {
    expect(await analyzeText(text)).toMatchObject({
      trains: true,
      runsDirectly: true,
      framework: 'sklearn',
      family: 'classical',
      image: 'hone/sklearn',
    });
  });
});

describe('running the file trains nothing', () => {
  test.each([
    ['after an exit', `${SKLEARN}import sys\nsys.exit()\nSVC().fit(X, y)\n`],
    ['after a return', `${SKLEARN}def go():\n    return\n    SVC().fit(X, y)\ngo()\n`],
    ['in a function that nobody calls, beside other code', `${SKLEARN}def go():\n    SVC().fit(X, y)\nprint(X)\n`],
    [
      'with a fit of its own that trains nothing',
      'import sklearn\nclass Suit:\n    def fit(self, a, b):\n        return a\nSuit().fit(1, 2)\n',
    ],
    [
      'in a file where a scaler is all that is fitted',
      'from sklearn.pipeline import make_pipeline\nfrom sklearn.preprocessing import StandardScaler\nmake_pipeline(StandardScaler()).fit([[1]])\n',
    ],
    ['with a network that is only built', 'import keras\nkeras.Sequential([keras.layers.Conv2D(3, 3)]).compile("adam", "mse")\n'],
  ])('%s', async (_, text) => {
    expect(await analyzeText(text)).toMatchObject({
      trains: false,
      runsDirectly: false,
      framework: 'none',
      family: 'none',
      image: null,
      metric: null,
    });
  });
});

describe('modules of the same folder', () => {
  const modules = {
    network:
      'from tensorflow import keras\n\ndef build():\n    return keras.Sequential([keras.layers.LSTM(8), keras.layers.Dense(1)])\n',
  };

  test('are followed into for the model', async () => {
    const text = 'from network import build\nfrom data import x, y\nm = build()\nm.compile("adam", "mse")\nm.fit(x, y)\n';
    expect(await analyzeText(text, 'main.py', modules)).toMatchObject({
      trains: true,
      framework: 'keras',
      family: 'rnn',
      task: 'regression',
    });
  });

  test('that are not there leave what the call itself shows', async () => {
    const text = 'import keras\nfrom network import build\nbuild().fit(x_train, y_train, epochs=3)\n';
    expect(await analyzeText(text)).toMatchObject({ trains: true, framework: 'keras' });
  });
});

test('a name that is defined nowhere is named, and the script does not run on its own', async () => {
  const script = await analyzeText('from sklearn.svm import SVC\nSVC().fit(rows, labels)\n');
  expect(script).toMatchObject({ trains: true, runsDirectly: false });
  expect(script.reason).toBe(
    "It trains scikit-learn's SVC (fit() on line 2), but it cannot run on its own: rows is used on line 2 and defined nowhere.",
  );
});

describe('the metric', () => {
  const KERAS =
    'import keras\nfrom data import x_train, y_train, x_val, y_val, x_test, y_test\nm = keras.Sequential([keras.layers.Dense(1)])\n';
  test.each([
    [
      'evaluation on test rows beats the epochs',
      `${KERAS}m.compile("adam", "mse", metrics=["mae"])\nm.fit(x_train, y_train, validation_data=(x_val, y_val))\nm.evaluate(x_test, y_test)\n`,
      { name: 'mae', data: 'test', direction: 'minimize' },
    ],
    [
      'validation rows of the epochs beat training rows',
      `${KERAS}m.compile("adam", "mse")\nm.fit(x_train, y_train, validation_split=0.1)\nm.evaluate(x_train, y_train)\n`,
      { name: 'loss', data: 'validation' },
    ],
    [
      'rows are known by the split that they come from',
      'from sklearn.model_selection import train_test_split as split\nfrom sklearn.svm import SVC\nfrom sklearn.metrics import f1_score\nfrom data import X, y\na, b, c, d = split(X, y)\nm = SVC().fit(a, c)\nprint(f1_score(d, m.predict(b)))\n',
      { name: 'f1', data: 'test', source: 'hook' },
    ],
    [
      'a printed number counts where nothing else does',
      'import torch\nm = torch.nn.Linear(2, 1)\no = torch.optim.SGD(m.parameters(), 0.1)\nloss = torch.nn.functional.mse_loss(m(torch.ones(2)), torch.ones(1))\nloss.backward()\no.step()\nprint("train loss", loss.item())\n',
      { name: 'loss', data: 'train', source: 'print', direction: 'minimize' },
    ],
    [
      'a file named for it counts as well',
      'from sklearn.svm import SVC\nfrom data import X, y, own_score\nm = SVC().fit(X, y)\nwith open("accuracy.txt", "w") as f:\n    f.write(str(own_score(m)))\n',
      { name: 'accuracy', source: 'file' },
    ],
  ])('%s', async (_, text, metric) => {
    expect((await analyzeText(text)).metric).toMatchObject(metric);
  });

  test('is none where nothing is reported', async () => {
    expect((await analyzeText('from sklearn.svm import SVC\nfrom data import X, y\nSVC().fit(X, y)\n')).metric).toBeNull();
  });
});

describe('training loops in PyTorch', () => {
  test.each([
    [
      'with the step written out by hand',
      'import torch\nw = torch.zeros(2, requires_grad=True)\nfor i in range(9):\n    loss = (w - 1).sum()\n    loss.backward()\n' +
        '    w.data -= 0.1 * w.grad.data\n    w.grad.zero_()\n',
    ],
    [
      'in a function of another file that is not there',
      'import torch\nfrom torch import nn\nfrom helper import train_model\nnet = nn.Sequential(nn.Linear(2, 1))\n' +
        'train_model(net, [], torch.optim.SGD(net.parameters(), lr=0.1))\n',
    ],
  ])('%s', async (_, text) => {
    expect(await analyzeText(text)).toMatchObject({ trains: true, runsDirectly: true, framework: 'pytorch' });
  });

  test('are none where gradients are only looked at', async () => {
    expect(
      await analyzeText('import torch\nx = torch.ones(2, requires_grad=True)\nx.sum().backward()\nx.grad.zero_()\n'),
    ).toMatchObject({
      trains: false,
    });
  });
});

describe('a syntax error that may hide a training is named', () => {
  const BROKEN = 'from sklearn.svm import SVC\ndef go(X, y):\n    m = SVC()\n    m.fit(X, y\n    print(1)\n\n';

  test('in the file itself', async () => {
    const { trains, reason } = await analyzeText(`${BROKEN}go([[0], [1]], [0, 1])\n`);
    expect(trains).toBe(false);
    expect(reason).toMatch(/; line 4 has a syntax error, which may hide it\.$/u);
  });

  test('in a module that it imports', async () => {
    const { reason } = await analyzeText('import numpy\nfrom helper import go\ngo([[0], [1]], [0, 1])\n', 'script.py', {
      helper: BROKEN,
    });
    expect(reason).toMatch(/; line 4 of helper\.py has a syntax error, which may hide it\.$/u);
  });
});
