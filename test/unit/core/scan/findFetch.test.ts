import { describe, expect, test } from 'vitest';
import { analyzeText } from './readFixture.ts';

const TRAIN = '\nfrom sklearn.svm import SVC\nSVC().fit([[0], [1]], [0, 1])\n';

describe('a script that needs the network', () => {
  test.each([
    ['from tensorflow.keras.datasets import mnist\nmnist.load_data()'],
    ['from sklearn.datasets import fetch_openml\nfetch_openml("mnist_784")'],
    ['from torchvision import datasets\ndatasets.MNIST("data", train=True, download=True)'],
    ['from keras.applications import VGG16\nVGG16(include_top=False)'],
    ['import torchvision.models as models\nmodels.resnet18(pretrained=True)'],
    ['import pandas as pd\npd.read_csv("https://example.org/a.csv")'],
    ['import urllib.request as r\nr.urlretrieve("http://example.org/a", "a")'],
    ['import os\nos.system("wget http://example.org/a.zip")'],
    ['import subprocess\nsubprocess.run(["curl", "-O", "http://example.org/a"])'],
  ])('%s', async (fetch) => {
    expect((await analyzeText(fetch + TRAIN)).fetches).toMatchObject({ line: 2 });
  });
});

describe('a script that needs none', () => {
  test.each([
    ['from sklearn.datasets import load_iris\nload_iris()'],
    ['from tensorflow.keras.datasets import mnist'],
    ['from keras.datasets import mnist\ndef unused():\n    mnist.load_data()'],
    ['from keras.applications import VGG16\nVGG16(weights=None)'],
    ['from torchvision import datasets\ndatasets.MNIST("data", download=False)'],
    ['import torchvision.models as models\nmodels.resnet18(pretrained=False)'],
    ['import pandas as pd\npd.read_csv("data/a.csv")'],
    ['print("https://example.org")'],
  ])('%s', async (text) => {
    expect((await analyzeText(text + TRAIN)).fetches).toBeNull();
  });
});
