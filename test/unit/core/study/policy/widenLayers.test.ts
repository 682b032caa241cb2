import { describe, expect, test } from 'vitest';
import { widenLayers } from '../../../../../src/core/study/policy/widenLayers.ts';
import type { Dimension } from '../../../../../src/core/study/SearchPlan.ts';
import type { Study } from '../../../../../src/core/study/Study.ts';
import { buildDimension, buildPlan } from '../../../../fakes/buildPlan.ts';
import { finishStudy, simulateStudy } from '../../../../fakes/simulateStudy.ts';

function layer(id: string, name: string, value: number, high = 1000): Dimension {
  return buildDimension({ id, name, value, range: { kind: 'int', low: 1, high, log: true } });
}

const filters = layer('conv', 'filters', 8);
const units = layer('dense', 'units', 32);

test('makes both layers of a small network four times as wide, and nothing else', () => {
  expect(widenLayers([buildDimension(), filters, units], {})).toEqual({ conv: 32, dense: 128 });
});

test('makes more layers twice as wide, each within its range', () => {
  const more = [filters, units, layer('dense2', 'units', 100, 128)];
  expect(widenLayers(more, {})).toEqual({ conv: 16, dense: 64, dense2: 128 });
});

test('leaves a single layer, and what was changed already, to other moves', () => {
  expect(widenLayers([units, buildDimension()], {})).toBeNull();
  expect(widenLayers([filters, units], { dense: 64 })).toBeNull();
  expect(widenLayers([layer('conv', 'filters', 8, 8), units], {})).toBeNull();
});

describe('a search on a network of two layers that are both too small', () => {
  const wide = { conv: 32, dense: 128 };

  /** Only both together are enough; `training` is the accuracy on the training data. */
  function search(training: number, target: number | null, trials: number): Study {
    const plan = buildPlan({ dimensions: [units, filters], budget: { trials, minutes: null, patience: null } }, { target });
    const study = simulateStudy(plan, ({ assignment, trial, repeat }) => {
      const isWide = assignment['conv'] === wide.conv && assignment['dense'] === wide.dense;
      const validation = (isWide ? 0.98 : 0.9) + (trial + repeat) / 10_000;
      const epoch = { accuracy: training, val_accuracy: validation };
      return { value: validation, validation, epochs: [epoch, epoch, epoch, epoch] };
    });
    return finishStudy(study).study;
  }

  test('widens them at once where it does not overfit', () => {
    const origin = 'filters × 4, units × 4';
    expect(search(0.9, null, 2).trials[1]).toMatchObject({ hyperparameters: wide, origin });
    expect(search(0.99, null, 2).trials[1]?.hyperparameters).not.toEqual(wide);
  });

  test('takes neither back, since together they were shown to matter', () => {
    const reached = { state: 'target-reached', best: 1, trials: [{}, { hyperparameters: wide }] };
    const { state, best, trials } = search(0.9, 0.96, 10);
    expect({ state, best, trials }).toMatchObject(reached);
  });
});
