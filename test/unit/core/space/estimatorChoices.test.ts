import { describe, expect, test } from 'vitest';
import { spaceOf } from './readSpace.ts';

const IMPORTS =
  'from sklearn.linear_model import *\nfrom sklearn.svm import *\nfrom sklearn.tree import *\nfrom sklearn.ensemble import *\n' +
  'from sklearn.neural_network import *\nfrom sklearn.neighbors import *\nfrom xgboost import XGBClassifier\nimport lightgbm as lgb\n';

async function rangesOf(text: string): Promise<Record<string, unknown>> {
  const { hyperparameters } = await spaceOf(text);
  return Object.fromEntries(
    hyperparameters.map(({ name, range }) => [name, range.kind === 'categorical' ? range.choices : range]),
  );
}

describe('choices fit what the other arguments may be', () => {
  test.each([
    ["LogisticRegression(solver='lbfgs')", { solver: ['lbfgs', 'newton-cg', 'sag', 'saga'] }],
    ["LogisticRegression(penalty='l1', solver='saga')", { penalty: ['l1'], solver: ['saga'] }],
    ["LogisticRegression(penalty='l1', solver='liblinear')", { penalty: ['l1'], solver: ['liblinear'] }],
    ["LogisticRegression(dual=True, solver='liblinear')", { dual: [true], solver: ['liblinear'] }],
    ["SVC(kernel='rbf', gamma='scale')", { kernel: ['rbf', 'linear', 'poly', 'sigmoid'], gamma: ['scale', 'auto'] }],
    ["SVC(kernel='precomputed')", { kernel: ['precomputed'] }],
    [
      "MLPClassifier(solver='lbfgs', activation='tanh')",
      { solver: ['lbfgs', 'adam', 'sgd'], activation: ['tanh', 'relu', 'logistic'] },
    ],
    ["DecisionTreeRegressor(criterion='mse')", { criterion: ['mse'] }],
    ["RandomForestClassifier(max_features='auto')", { max_features: ['auto', 'sqrt', 'log2', null] }],
    ['RandomForestClassifier(bootstrap=True, oob_score=True)', { bootstrap: [true] }],
    ['RandomForestClassifier(bootstrap=True)', { bootstrap: [true, false] }],
    ["XGBClassifier(tree_method='hist', grow_policy='lossguide')", { tree_method: ['hist'], grow_policy: ['lossguide'] }],
    ["lgb.LGBMClassifier(boosting_type='rf')", { boosting_type: ['rf'] }],
    ["KNeighborsClassifier(algorithm='ball_tree')", { algorithm: ['ball_tree'] }],
  ])('%s', async (estimator, expected) => {
    expect(await rangesOf(`${IMPORTS}${estimator}.fit(X, y)\n`)).toEqual(expected);
  });
});

test('a boosting rate is never more than 1, and strengths of penalties are searched by their magnitude', async () => {
  expect(await rangesOf(`${IMPORTS}XGBClassifier(learning_rate=0.3, reg_lambda=1.0).fit(X, y)\n`)).toEqual({
    learning_rate: { kind: 'float', low: 0.03, high: 1, log: true },
    reg_lambda: { kind: 'float', low: 0.1, high: 10, log: true },
  });
});

test("the strength of a layer's regularizer", async () => {
  const text =
    'from keras import regularizers\nfrom keras.models import Sequential\nfrom keras.layers import Dense\n' +
    'm = Sequential([Dense(8, kernel_regularizer=regularizers.l1_l2(l1=1e-5, l2=0.01)), Dense(1)])\nm.compile("Adam", "mse")\nm.fit(X, y)\n';
  expect(await rangesOf(text)).toMatchObject({ l1: { low: 1e-6, high: 1e-4 }, l2: { low: 0.001, high: 0.1 } });
  expect((await rangesOf(text))['optimizer']).toEqual(['Adam', 'sgd', 'rmsprop', 'nadam']);
});
