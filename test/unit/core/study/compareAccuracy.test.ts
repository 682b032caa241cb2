import { expect, test } from 'vitest';
import { compareAccuracy } from '../../../../src/core/study/compareAccuracy.ts';
import type { Repeat, Study } from '../../../../src/core/study/Study.ts';
import { buildMeasurement, buildStudy, buildTrial } from '../../../fakes/buildStudy.ts';

function studyWith(value: number | null, rows: number | null = null, repeats: readonly number[] = [], name = 'accuracy'): Study {
  const repetitions = repeats.map((own, index): Repeat => {
    const result = buildMeasurement(own, { rows, name });
    return {
      ...{ repeat: index + 1, seed: index, purpose: 'confirmation', state: 'complete', seconds: 1, reason: null, cut: false },
      ...{ value: own, result, measurements: [result] },
    };
  });
  const direction = name === 'mse' ? 'minimize' : 'maximize';
  return buildStudy({ trials: [buildTrial({ result: buildMeasurement(value, { rows, name, direction }), repetitions })] });
}

test('a loss within what the size of the evaluation set leaves open is none', () => {
  expect(compareAccuracy([studyWith(0.95, 100)], studyWith(0.92, 100))).toMatchObject({ change: 'same', value: 0.92 });
  expect(compareAccuracy([studyWith(0.95, 10_000)], studyWith(0.92, 10_000))).toMatchObject({
    change: 'worse',
    before: { value: 0.95 },
  });
  expect(compareAccuracy([studyWith(0.92, 10_000)], studyWith(0.95, 10_000))).toMatchObject({ change: 'better' });
});

test('repeats tell more of chance than rows do, and count with their mean', () => {
  const spread = studyWith(0.95, 10_000, [0.9, 0.99, 0.91, 0.98]);
  expect(compareAccuracy([spread], studyWith(0.92, 10_000, [0.91, 0.93]))).toMatchObject({ change: 'same' });
  const steady = studyWith(0.95, 100, [0.951, 0.949, 0.95]);
  expect(compareAccuracy([steady], studyWith(0.92, 100, [0.921, 0.919]))).toMatchObject({ change: 'worse' });
});

test('where nothing tells of chance any difference counts, in the direction of the metric', () => {
  expect(compareAccuracy([studyWith(3, null, [], 'mse')], studyWith(4, null, [], 'mse'))).toMatchObject({
    change: 'worse',
    noise: null,
  });
  expect(compareAccuracy([studyWith(4, null, [], 'mse')], studyWith(3, null, [], 'mse'))).toMatchObject({ change: 'better' });
  expect(compareAccuracy([studyWith(3, null, [], 'mse')], studyWith(3, null, [], 'mse'))).toMatchObject({ change: 'same' });
});

test('nothing is compared with another metric, with nothing, or with a run that was given other values', () => {
  expect(compareAccuracy([studyWith(0.9, null, [], 'f1')], studyWith(0.5))).toMatchObject({ change: 'unknown', value: 0.5 });
  expect(compareAccuracy([], studyWith(0.5))).toMatchObject({ change: 'unknown', before: null });
  expect(compareAccuracy([studyWith(0.9)], studyWith(null))).toMatchObject({ change: 'unknown', value: null });
  const set = studyWith(0.9);
  const given = { ...set, trials: set.trials.map((trial) => ({ ...trial, hyperparameters: { C: 2 } })) };
  expect(compareAccuracy([given], studyWith(0.5))).toMatchObject({ change: 'unknown' });
});

test('a run that failed, or was given other values, hides no earlier one', () => {
  const good = { ...studyWith(0.95, 10_000), id: 'good' };
  const set = studyWith(0.99);
  const given = { ...set, trials: set.trials.map((trial) => ({ ...trial, hyperparameters: { C: 2 } })) };
  const failed = buildStudy({ trials: [buildTrial({ state: 'failed', value: null, result: null })] });
  const earlier = [failed, given, studyWith(0.9, null, [], 'f1'), good, { ...studyWith(0.5), id: 'older' }];
  expect(compareAccuracy(earlier, studyWith(0.6, 10_000))).toMatchObject({
    change: 'worse',
    before: { study: 'good', value: 0.95 },
  });
});
