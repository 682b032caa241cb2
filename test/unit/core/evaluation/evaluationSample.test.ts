import { describe, expect, test } from 'vitest';
import { parseEvaluationSample } from '../../../../src/core/evaluation/EvaluationSample.ts';
import { measureOutputs, predictedClasses } from '../../../../src/core/evaluation/measureOutputs.ts';
import { isSame } from '../../../../src/core/evaluation/ModelCheck.ts';
import { describeCheck } from '../../../../src/core/evaluation/describeCheck.ts';

const SAMPLE = {
  version: 1,
  reason: null,
  data: 'test',
  rows: 4,
  total: 400,
  task: 'classification',
  classes: ['cat', 'dog', 'owl'],
  names: null,
  inputs: { offset: 0, kind: 'float32', shape: [4, 8, 8, 1] },
  outputs: { offset: 1024, kind: 'float32', shape: [4, 3] },
  truth: { offset: 1072, kind: 'int32', shape: [4] },
  sha256: 'a'.repeat(64),
  model: { form: 'layers', reason: null },
} as const;

const parsed = (changes: object): unknown => parseEvaluationSample(JSON.stringify({ ...SAMPLE, ...changes }));

describe('a sample that came out of a container', () => {
  test('is taken where its parts fit together', () => {
    expect(parsed({})).toEqual(SAMPLE);
    expect(parseEvaluationSample('{"version":1,"reason":"The data is sparse."}')).toEqual({
      version: 1,
      reason: 'The data is sparse.',
    });
  });

  test.each([
    ['no JSON', '{'],
    ['another version', { version: 2 }],
    ['more rows than are kept', { rows: 1001, inputs: { ...SAMPLE.inputs, shape: [1001, 8] } }],
    ['arrays of other lengths', { truth: { ...SAMPLE.truth, shape: [5] } }],
    ['a truth of several values a row', { truth: { ...SAMPLE.truth, shape: [4, 1] } }],
    ['outputs that are not one row each', { outputs: { ...SAMPLE.outputs, shape: [12] } }],
    ['another number of outputs than classes', { outputs: { ...SAMPLE.outputs, shape: [4, 2] } }],
    ['a regression with classes', { task: 'regression' }],
    ['a negative offset', { inputs: { ...SAMPLE.inputs, offset: -4 } }],
    ['1,001 classes', { classes: Array.from({ length: 1001 }, String) }],
    ['no checksum', { sha256: 'abc' }],
    ['an unknown form', { model: { form: 'exe', reason: null } }],
  ])('is refused with %s', (_, changes) => {
    expect(typeof changes === 'string' ? parseEvaluationSample(changes) : parsed(changes)).toBeNull();
  });
});

describe('a metric computed from answers', () => {
  const of = (task: 'classification' | 'regression', truth: readonly number[]) =>
    ({
      sample: { ...SAMPLE, task, rows: truth.length },
      inputs: new Float32Array(),
      outputs: new Float32Array(),
      truth,
    }) as never;

  test('is the accuracy of the most probable class, or of a probability above a half', () => {
    expect(predictedClasses(Float32Array.of(0.1, 0.7, 0.2, 0.5, 0.2, 0.3), 2)).toEqual([1, 0]);
    expect(measureOutputs(of('classification', [1, 1]), Float32Array.of(0.1, 0.7, 0.2, 0.5, 0.2, 0.3), null)).toEqual({
      name: 'accuracy',
      value: 0.5,
    });
    expect(predictedClasses(Float32Array.of(0.5, 0.51), 2)).toEqual([0, 1]);
  });

  test.each([
    ['mse', 1.25],
    ['rmse', Math.sqrt(1.25)],
    ['mae', 0.75],
    ['r2', 1 - 1.25 / 1.25],
  ])('is the %s of values', (name, value) => {
    const metric = { name, data: 'test', source: 'hook', direction: 'minimize' } as const;
    expect(measureOutputs(of('regression', [1, 2, 3, 4]), Float32Array.of(1, 2, 4, 6), metric).value).toBeCloseTo(value);
  });

  test('is R² where the study is judged by something that answers alone do not tell', () => {
    const metric = { name: 'loss', data: 'test', source: 'hook', direction: 'minimize' } as const;
    expect(measureOutputs(of('regression', [1, 2]), Float32Array.of(1, 2), metric)).toEqual({ name: 'r2', value: 1 });
  });
});

describe('a check', () => {
  const check = {
    study: 'digits-1',
    trial: 3,
    metric: 'accuracy',
    inside: 0.972,
    outside: 0.972,
    difference: 0,
    rows: 450,
    otherLabels: 0,
    largest: 1e-7,
    runtime: 'tfjs-wasm',
  } as const;

  test('says that the number is the same', () => {
    expect(describeCheck(check)).toBe(
      'Checked outside the container, by TensorFlow.js on WebAssembly: accuracy 97.2 % of 450 rows, the same.',
    );
  });

  test('warns where classes differ even if the metric does not', () => {
    const other = { ...check, otherLabels: 2 };
    expect(isSame(other)).toBe(false);
    expect(describeCheck(other)).toContain('but the trial had 97.2 %; 2 rows get another class');
  });

  test('allows a regression the rounding of its sums and no more', () => {
    const regression = { ...check, metric: 'mse', otherLabels: null, inside: 1000, outside: 1000.05 };
    expect(isSame(regression)).toBe(true);
    expect(isSame({ ...regression, outside: 1000.2 })).toBe(false);
  });
});
