import { describe, expect, test } from 'vitest';
import { fixedValues, offered } from './readSpace.ts';

const SVC = 'from sklearn.svm import SVC\nfrom sklearn.model_selection import GridSearchCV\nimport numpy as np\n';
const KERAS = 'from keras.models import Sequential\nfrom keras.layers import *\n';
const TORCH = 'import torch\nfrom torch import nn\nfrom torchvision import models\n';
const LOOP = 'for epoch in range(3):\n  loss = criterion(net(x), y)\n  loss.backward()\n  optimizer.step()\n';

describe('the value that counts', () => {
  test.each([
    ['an array of a grid', `${SVC}GridSearchCV(SVC(), {'C': np.array([1, 2])}).fit(X, y)\n`, ['C=[1,2]']],
    ['set_params over the constructor', `${SVC}p = {'C': 3.0}\nm = SVC(C=1.0)\nm.set_params(**p)\nm.fit(X, y)\n`, ['C=3']],
    [
      'a grid over the default of a build function',
      `${KERAS}from keras.wrappers.scikit_learn import KerasClassifier\nfrom sklearn.model_selection import GridSearchCV\n` +
        `def build(units=8):\n  m = Sequential([Dense(units), Dense(1)])\n  m.compile('sgd', 'mse')\n  return m\n` +
        `GridSearchCV(KerasClassifier(build_fn=build), {'units': [4, 16]}).fit(X, y)\n`,
      ['optimizer=sgd', 'units=[4,16]'],
    ],
    [
      'a keyword over the default of a build function',
      `${KERAS}from scikeras.wrappers import KerasClassifier\ndef build(units=8):\n  m = Sequential([Dense(units), Dense(1)])\n` +
        `  m.compile('sgd', 'mse')\n  return m\nKerasClassifier(model=build, model__units=32, epochs=9).fit(X, y)\n`,
      ['optimizer=sgd', 'units=32', 'epochs=9'],
    ],
    [
      'a kernel that Keras 1 is given by a name',
      `${KERAS}n = 3\nm = Sequential([Convolution2D(8, n, n), Dense(output_dim=2)])\nm.compile('sgd', 'mse')\nm.fit(X, y)\n`,
      ['kernel_size=3', 'filters=8', 'optimizer=sgd'],
    ],
    [
      'the branch that an option takes by default',
      `${SVC}import argparse\np = argparse.ArgumentParser()\np.add_argument('--kind', default='soft')\na = p.parse_args()\n` +
        `m = SVC(C=0.1) if a.kind == 'soft' else SVC(C=9.0)\nm.fit(X, y)\n`,
      ['C=0.1'],
    ],
    [
      'a batch size that only arithmetic sees',
      `${KERAS}import keras\nbatch_size = 64\nclass Feed(keras.utils.Sequence):\n  def __getitem__(self, i):\n    return X[i * batch_size:(i + 1) * batch_size]\n` +
        `m = Sequential([Dense(1)])\nm.compile('sgd', 'mse')\nm.fit(Feed())\n`,
      ['batch_size=64', 'optimizer=sgd'],
    ],
  ])('%s', async (_, text, expected) => {
    expect(await offered(text)).toEqual(expected);
  });

  test('an attribute that is set on a module of the folder', async () => {
    const text = `${SVC}import settings\nsettings.C = 5.0\nSVC(C=settings.C).fit(X, y)\n`;
    expect(await offered(text, { settings: 'C = 1.0\n' })).toEqual(['C=5']);
  });

  test('nothing where a part of a list is computed', async () => {
    expect(await offered(`${SVC}SVC(class_weight=[1.0, len(X)]).fit(X, y)\n`)).toEqual([]);
  });
});

describe('sizes that the data decides', () => {
  test.each([
    [
      'of what another network takes, and says of what size',
      `${KERAS}g = Sequential([Dense(8, input_dim=5), Dense(20)])\nd = Sequential([Dense(9, input_dim=20), Dense(1, activation='sigmoid')])\n` +
        `gan = Sequential([g, d])\ngan.compile('sgd', 'mse')\ngan.fit(z, y)\n`,
      ['activation="sigmoid"', 'input_dim=20', 'input_dim=5', 'units=1', 'units=20'],
    ],
    ['of the only layer of Keras 1', `${KERAS}m = Sequential()\nm.add(Dense(output_dim=2))\nm.fit(X, y)\n`, ['units=2']],
    [
      'of the new head of a pretrained network',
      `${TORCH}from helper import train\nnet = models.resnet18()\nnet.fc = nn.Linear(512, 2)\n` +
        `optimizer = torch.optim.SGD(net.parameters(), lr=0.1)\ntrain(net, data, optimizer)\n`,
      ['hidden=2', 'in_features=512'],
    ],
    [
      'of a network that is called where reading does not follow',
      `${TORCH}class Trainer:\n  def __init__(self, model):\n    self.net = wrap(model)\nnet = Trainer(nn.Linear(20, 1)).net\n` +
        `optimizer = torch.optim.SGD(net.parameters(), lr=0.1)\n${LOOP}`,
      ['hidden=1', 'in_features=20'],
    ],
  ])('%s', async (_, text, expected) => {
    expect((await fixedValues(text)).toSorted()).toEqual(expected);
  });
});
