import { cpSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { EvaluationSample } from '../../../src/core/evaluation/EvaluationSample.ts';
import { hasDocker, hone, makeProject, startHone, testPython } from './honeProcess.ts';

const DATA = `
import numpy as np, keras
from keras import layers
rng = np.random.default_rng(0)
`;
const IMAGES = `${DATA}
X = rng.normal(size=(300, 8, 8, 1)).astype("float32"); y = (X.mean(axis=(1, 2, 3)) > 0).astype(int)
`;
const TRAINED = `
model.compile("adam", LOSS, metrics=METRICS)
model.fit(X[:200], y[:200], epochs=2, verbose=0)
print(model.evaluate(X[200:], y[200:], verbose=0))
`;
const classes = TRAINED.replace('LOSS', '"sparse_categorical_crossentropy"').replace('METRICS', '["accuracy"]');

const SCRIPTS = {
  'functional.py': `${IMAGES}
inputs = keras.Input((8, 8, 1))
x = layers.Conv2D(6, 3, padding="same", use_bias=False)(inputs)
x = layers.BatchNormalization()(x)
shortcut = layers.Activation("relu")(x)
x = layers.SeparableConv2D(6, 3, padding="same", activation="silu")(shortcut)
x = layers.GlobalAveragePooling2D()(layers.Add()([x, shortcut]))
model = keras.Model(inputs, layers.Dense(2, activation="softmax")(layers.Dropout(0.3)(x)))
${classes}`,
  'lstm.py': `${DATA}
X = rng.integers(0, 40, size=(300, 12)); y = (X[:, -1] > 20).astype(int)
model = keras.Sequential([layers.Embedding(40, 8), layers.Bidirectional(layers.LSTM(6, return_sequences=True)), layers.LSTM(5), layers.Dense(1, activation="sigmoid")])
${TRAINED.replace('LOSS', '"binary_crossentropy"').replace('METRICS', '["accuracy"]')}`,
  'gru.py': `${DATA}
X = rng.normal(size=(300, 6, 3)).astype("float32"); y = (X[:, -1, 0] > 0).astype(int)
model = keras.Sequential([layers.GRU(5), layers.Dense(1, activation="sigmoid")])
${TRAINED.replace('LOSS', '"binary_crossentropy"').replace('METRICS', '["accuracy"]')}`,
  'regression.py': `${DATA}
X = rng.normal(size=(300, 5)).astype("float32"); y = X @ np.arange(5)
model = keras.Sequential([layers.Dense(8, activation="relu"), layers.LayerNormalization(), layers.Dense(1)])
${TRAINED.replace('LOSS', '"mse"').replace('METRICS', '["mae"]')}`,
  'custom.py': `${IMAGES}
class Twice(layers.Layer):
    def call(self, x):
        return 2 * x
model = keras.Sequential([keras.Input((8, 8, 1)), Twice(), layers.Flatten(), layers.Dense(2, activation="softmax")])
${classes}`,
};

const EVALUATION = 'trials/0/evaluation';

describe.skipIf(testPython === undefined)('a model computed anew outside the process that trained it', () => {
  let folder: string;

  beforeAll(async () => {
    folder = makeProject(SCRIPTS);
    for (const script of Object.keys(SCRIPTS)) {
      const trained = await hone(folder, 'train', script, '--runtime', 'local');
      expect(trained.code, trained.stderr).toBe(0);
    }
  }, 300_000);

  const study = (script: string): string => join(folder, '.hone/studies', `${script}-1`);

  test.each(['functional', 'lstm', 'regression'])('answers as the trial of %s did', async (script) => {
    const { code, stdout, stderr } = await hone(folder, 'check', `${script}-1`, '--json');
    expect(code, stderr).toBe(0);
    const document = JSON.parse(stdout) as Record<string, number | string>;
    expect(document).toMatchObject({ version: 1, study: `${script}-1`, trial: 0, rows: 100, runtime: 'tfjs-wasm' });
    expect(document.largest).toBeLessThan(1e-4);
    expect(document.otherLabels).toBe(script === 'regression' ? null : 0);
    const shown = JSON.parse((await hone(folder, 'show', `${script}-1`, '--json')).stdout) as {
      baseline: number;
      metric: { name: string };
    };
    if (document.metric === shown.metric.name) expect(document.outside).toBeCloseTo(shown.baseline, 4);
  });

  test.each(testPython === undefined ? [] : ['interpreter', ...(hasDocker ? ['image'] : [])])(
    'answers the same by native TensorFlow.js, built against the TensorFlow of an %s',
    { timeout: 600_000 },
    async (source) => {
      const cache = mkdtempSync(join(tmpdir(), 'hone-native-'));
      const headers = join(
        import.meta.dirname,
        '../../../node_modules/node/node_modules',
        `node-${process.platform}-${process.arch}`,
      );
      const environment = {
        XDG_CACHE_HOME: cache,
        npm_config_nodedir: headers,
        // Where it may look for a TensorFlow of its own, nothing answers.
        TFJS_NODE_CDN_STORAGE: 'http://127.0.0.1:9/',
        ...(source === 'image' ? { HONE_PYTHON: '/usr/bin/python3' } : {}),
      };
      try {
        const installed = await startHone(folder, ['install-tfjs'], environment).done;
        expect(installed.stdout, installed.stderr).toMatch(/built against the TensorFlow/u);
        for (const script of ['functional', 'lstm', 'regression']) {
          const { stdout, stderr } = await startHone(folder, ['check', `${script}-1`, '--json'], environment).done;
          expect(JSON.parse(stdout === '' ? '{}' : stdout), stderr).toMatchObject({ runtime: 'tfjs-node', rows: 100 });
          expect((JSON.parse(stdout) as { largest: number }).largest).toBeLessThan(1e-4);
        }
      } finally {
        rmSync(cache, { recursive: true, force: true });
      }
    },
  );

  test('is loaded by its own library where TensorFlow.js lacks a layer', async () => {
    const { code, stdout, stderr } = await hone(folder, 'check', 'gru-1');
    expect(stdout, stderr).toMatch(/^Checked in a fresh process: accuracy .* of 100 rows, the same\.$/mu);
    expect(code).toBe(0);
  });

  test('says which layer nothing but the script knows', async () => {
    const { code, stderr } = await hone(folder, 'check', 'custom-1');
    expect(code).toBe(1);
    expect(stderr).toMatch(/cannot be loaded anew: .*Twice/u);
    expect(stderr).not.toMatch(/ at .*:\d+:\d+/u);
  });

  test.each<readonly [string, (copy: string) => void, RegExp]>([
    ['cut off', (copy) => truncateSync(join(copy, 'model/weights.bin'), 100), /weights.bin is not what was exported/u],
    [
      'of another model',
      (copy) => cpSync(join(study('lstm'), EVALUATION, 'model'), join(copy, 'model'), { recursive: true }),
      /TensorFlow\.js cannot compute/u,
    ],
    [
      'no model at all',
      (copy) => writeFileSync(join(copy, 'model/model.json'), '{"version": 1}'),
      /model.json is no exported model/u,
    ],
    ['changed in its sample', (copy) => flipByte(join(copy, 'arrays.bin')), /arrays.bin was changed or cut off/u],
    ['larger than memory', (copy) => truncateSync(join(copy, 'model/weights.bin'), 2e9), /larger than 500 MB/u],
  ])('refuses what is %s', async (_, spoil, reason) => {
    const other = makeProject({ 'train.py': '' });
    cpSync(study('functional'), join(other, '.hone/studies/functional-1'), { recursive: true });
    spoil(join(other, '.hone/studies/functional-1', EVALUATION));
    const { code, stderr } = await hone(other, 'check', 'functional-1');
    expect([code, stderr]).toEqual([1, expect.stringMatching(reason)]);
  });

  test('warns where the answers are not those of the model', async () => {
    const other = makeProject({ 'train.py': '' });
    cpSync(study('functional'), join(other, '.hone/studies/functional-1'), { recursive: true });
    swapAnswers(join(other, '.hone/studies/functional-1', EVALUATION));
    const { code, stdout } = await hone(other, 'check', 'functional-1');
    expect([code, stdout]).toEqual([1, expect.stringContaining('but the trial had')]);
  });
});

test.skipIf(!hasDocker)(
  'a model of scikit-learn is loaded in a fresh container, with the classes of the project, and leaves nothing there',
  { timeout: 600_000 },
  async () => {
    const folder = makeProject({
      'steps.py': 'from sklearn.preprocessing import StandardScaler\nclass Scaler(StandardScaler): pass\n',
      'train.py': `
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from steps import Scaler
X, y = load_iris(return_X_y=True, as_frame=True)
X, X_test, y, y_test = train_test_split(X, y, random_state=0)
model = make_pipeline(Scaler(), LogisticRegression()).fit(X, y)
print("accuracy:", model.score(X_test, y_test))
`,
    });
    const trained = await hone(folder, 'train', '--runtime', 'docker', '--json');
    expect(trained.code, trained.stderr).toBe(0);
    const { study } = JSON.parse(trained.stdout) as { study: string };
    const { code, stdout, stderr } = await hone(folder, 'check', study, '--json');
    expect(JSON.parse(stdout === '' ? '{}' : stdout), stderr).toMatchObject({
      runtime: 'container',
      rows: 38,
      difference: 0,
      otherLabels: 0,
    });
    expect(code).toBe(0);
    const filter = ['--filter', `label=hone.workspace=${folder}`];
    expect(execFileSync('docker', ['ps', '-aq', ...filter], { encoding: 'utf8' })).toBe('');
  },
);

function flipByte(path: string): void {
  const bytes = readFileSync(path);
  bytes[10] = (bytes[10] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}

/** Gives each row the probabilities of the other class, with a checksum that fits. */
function swapAnswers(folder: string): void {
  const sample = JSON.parse(readFileSync(join(folder, 'sample.json'), 'utf8')) as EvaluationSample;
  const bytes = readFileSync(join(folder, 'arrays.bin'));
  const { offset, shape } = sample.outputs;
  bytes.subarray(offset, offset + 4 * (shape[0] ?? 0) * (shape[1] ?? 0)).swap64();
  bytes.subarray(offset, offset + 4 * (shape[0] ?? 0) * (shape[1] ?? 0)).swap32();
  writeFileSync(join(folder, 'arrays.bin'), bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  writeFileSync(join(folder, 'sample.json'), JSON.stringify({ ...sample, sha256 }));
}
