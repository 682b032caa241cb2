import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { documentOf, hasDocker, hone, makeProject } from './honeProcess.ts';

/** As people wrote it in 2016. */
const KERAS_1 = `
from keras.models import Sequential
from keras.layers.core import Dense, Activation, Flatten
from keras.layers import Convolution2D, MaxPooling2D
from keras.optimizers import SGD
from keras.utils import np_utils
from keras import backend as K
from sklearn.cross_validation import train_test_split
from sklearn.datasets import load_digits

X, y = load_digits(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X.reshape(-1, 8, 8, 1) / 16, np_utils.to_categorical(y), random_state=0)
model = Sequential()
model.add(Convolution2D(8, 3, 3, border_mode='same', input_shape=(8, 8, 1)))
model.add(MaxPooling2D(pool_size=(2, 2)))
model.add(Flatten())
model.add(Dense(output_dim=10, init='uniform'))
model.add(Activation('softmax'))
model.compile(SGD(lr=0.05, decay=1e-4, momentum=0.9), 'categorical_crossentropy', metrics=['accuracy'])
history = model.fit(X_train, y_train, nb_epoch=4, batch_size=32, verbose=2, validation_data=(X_test, y_test))
print('kernel', model.layers[0].kernel_size, 'rate', round(float(K.get_value(model.optimizer.lr)), 4), 'classes', len(set(model.predict_classes(X_test))))
print('Test accuracy:', history.history['val_acc'][-1])
`;

const PANDAS_1 = `
import numpy as np
import pandas as pd
from sklearn.datasets import load_boston
from sklearn.externals import joblib
from sklearn.ensemble import RandomForestRegressor
from sklearn.grid_search import GridSearchCV
from sklearn.preprocessing import Imputer

data = load_boston()
frame = pd.DataFrame(data.data).append(pd.DataFrame(data.data)).astype(np.float)
target = np.concatenate([data.target, data.target])
model = RandomForestRegressor(n_estimators=10, criterion='mse', max_features='auto', random_state=0)
model.fit(Imputer().fit_transform(frame.as_matrix()), target)
print('R2:', model.score(frame.as_matrix(), target))
joblib.dump(model, 'model.pkl')
`;

describe.skipIf(!hasDocker)('code of years ago', () => {
  test('for Keras 1 trains as it did then, on the releases that are nearest', { timeout: 900_000 }, async () => {
    const folder = makeProject({ 'train.py': KERAS_1 });
    const result = await hone(folder, 'train', '--runtime', 'docker', '--json');
    expect(result.stderr).toContain(
      'Keras 2.12.0, because line 3 of train.py uses keras.layers.core.Dense, which Keras 3 took out.',
    );
    const study = documentOf(result);
    expect(study, result.stderr).toMatchObject({ state: 'complete', metric: { name: 'accuracy' } });
    expect(study.best?.value).toBeGreaterThan(0.7);
    const log = readFileSync(join(folder, '.hone/studies', study.study, 'trials/0/output.log'), 'utf8');
    expect(log).toContain('kernel (3, 3) rate 0.05 classes 10');
  });

  test('for early scikit-learn and pandas trains', { timeout: 600_000 }, async () => {
    const folder = makeProject({ 'train.py': PANDAS_1 });
    const result = await hone(folder, 'train', '--runtime', 'docker', '--json');
    expect(documentOf(result), result.stderr).toMatchObject({ state: 'complete' });
    expect(result.stderr).toMatch(/R2: 0\.9\d/);
  });
});
