import { describe, expect, test } from 'vitest';
import { analyzeText } from './readFixture.ts';

async function needsOf(text: string): Promise<readonly string[]> {
  return (await analyzeText(text)).needs.map((need) => `${need.package}<${need.below} ${need.api}, line ${need.evidence.line}`);
}

const KERAS = 'from keras.models import Sequential\nfrom keras.layers import Dense\nmodel = Sequential([Dense(1)])\n';
const TREES = 'from sklearn.ensemble import RandomForestClassifier\nRandomForestClassifier().fit([[0]], [0])\n';

describe('what newer releases took out is found', () => {
  test.each([
    [`${KERAS}model.fit_generator(None)`, 'keras<3 fit_generator, line 4'],
    [`${KERAS}model.fit([0], [1], nb_epoch=3)`, 'keras<2 fit(nb_epoch=…), line 4'],
    [
      `${KERAS}from keras.optimizers import Adam\nmodel.compile(Adam(lr=0.1), 'mse')\nmodel.fit([0], [1])`,
      'keras<3 Adam(lr=…), line 5',
    ],
    [
      `from tensorflow.keras.optimizers import SGD\n${KERAS}SGD(0.1, decay=1e-6)\nmodel.fit([0], [1])`,
      'keras<3 SGD(decay=…), line 5',
    ],
    [`${KERAS}h = model.fit([0], [1])\nprint(h.history['acc'])`, "keras<2.3 history['acc'], line 5"],
    [
      `${KERAS}from keras.layers import Convolution2D\nmodel.add(Convolution2D(32, 3, 3))\nmodel.fit([0], [1])`,
      'keras<2 Convolution2D with 3 numbers, line 5',
    ],
    [`${KERAS}model.fit([0], [1])\nmodel.predict_classes([0])`, 'keras<2.6 predict_classes, line 5'],
    [
      `${TREES}from sklearn.cross_validation import train_test_split`,
      'scikit-learn<0.20 sklearn.cross_validation.train_test_split, line 3',
    ],
    [`${TREES}from sklearn import datasets\ndatasets.load_boston()`, 'scikit-learn<1.2 sklearn.datasets.load_boston, line 4'],
    [
      `${TREES}from sklearn.preprocessing import OneHotEncoder\nOneHotEncoder(sparse=False)`,
      'scikit-learn<1.4 OneHotEncoder(sparse=…), line 4',
    ],
    [
      `${TREES}RandomForestClassifier(max_features='auto')`,
      "scikit-learn<1.3 RandomForestClassifier(max_features='auto'), line 3",
    ],
    [`import numpy as np\n${TREES}x = np.zeros(3, dtype=np.float)`, 'numpy<1.24 numpy.float, line 4'],
    [`import pandas as pd\n${TREES}d = pd.DataFrame()\nd.append({})`, 'pandas<2 append, line 5'],
    [`import lightgbm as lgb\nlgb.train({}, None, verbose_eval=10)`, 'lightgbm<4 train(verbose_eval=…), line 2'],
    [
      `from xgboost import XGBClassifier\nXGBClassifier().fit([0], [1], early_stopping_rounds=5)`,
      'xgboost<2.1 fit(early_stopping_rounds=…), line 2',
    ],
  ])('%j', async (text, need) => {
    expect(await needsOf(text)).toContain(need);
  });
});

describe('what newer releases still have is not', () => {
  test.each([
    `${KERAS}model.fit([0], [1], epochs=3)`,
    `${KERAS}model.compile('sgd', 'mse', metrics=['acc'])\nh = model.fit([0], [1])\nprint(h.history['acc'])`,
    `from tensorflow.keras.preprocessing.image import ImageDataGenerator\n${KERAS}ImageDataGenerator().flow_from_directory('x')\nmodel.fit([0], [1])`,
    `${KERAS}from keras.layers import Conv2D\nmodel.add(Conv2D(32, 3, 2))\nmodel.fit([0], [1])`,
    `import torch\nfrom torch.optim import Adam\n${TREES}Adam([], lr=0.1)`,
    `import numpy as np\n${TREES}x = np.zeros(3, dtype=np.float32)`,
    `${TREES}try:\n    from sklearn.cross_validation import train_test_split\nexcept ImportError:\n    from sklearn.model_selection import train_test_split`,
    `${TREES}rows = []\nrows.append(1)`,
  ])('%j', async (text) => {
    expect(await needsOf(text)).toEqual([]);
  });
});
