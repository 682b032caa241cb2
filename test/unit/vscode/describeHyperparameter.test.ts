import { describe, expect, it, test } from 'vitest';
import type { Hyperparameter } from '../../../src/core/space/SearchSpace.ts';
import {
  describeOwner,
  describeRange,
  describeValue,
  explainHyperparameter,
  ownerOf,
} from '../../../src/vscode/code/describeHyperparameter.ts';
import { groupSpace, summarizeGroup } from '../../../src/vscode/code/groupSpace.ts';
import { spaceOf } from '../core/space/readSpace.ts';

test.each([
  ['layers.Dense[1]', 'Dense 2'],
  ['compile', 'Optimizer'],
  ['fit[1]', 'Training'],
  ['SVC', 'SVC'],
  ['SVC[1]', 'SVC 2'],
  ['constructor', 'constructor'],
])('%s is %s to a person', (owner, label) => {
  expect(describeOwner(owner)).toBe(label);
});

it('takes the owner out of an id, whatever is in the name', () => {
  expect(ownerOf({ id: 'layers.Dense[1].units#2', name: 'units' })).toBe('layers.Dense[1]');
  expect(ownerOf({ id: 'grid.svc.C', name: 'svc.C' })).toBe('grid');
});

it('writes values and ranges as Python and people do', () => {
  expect([[3, 3], null, true, 'relu', 0.1].map(describeValue)).toEqual(['(3, 3)', 'None', 'True', 'relu', '0.1']);
  expect(describeRange({ kind: 'categorical', choices: ['relu', 'tanh', 'elu'] })).toBe('relu, tanh or elu');
  expect(describeRange({ kind: 'int', low: 16, high: 256, log: true })).toBe('16–256');
});

describe('a script by layer', async () => {
  const space = await spaceOf(
    `from tensorflow import keras
from tensorflow.keras import layers
UNITS = 32
model = keras.Sequential([
    layers.Dense(UNITS, activation="relu"),
    layers.Dense(64),
    layers.Dense(UNITS),
    layers.Dense(10),
])
model.compile("adam", "mse")
(x, y), _ = keras.datasets.mnist.load_data()
model.fit(x, y, batch_size=32, epochs=4)
`,
  );

  it('has the layers in order, then the optimizer, then the training', () => {
    expect(groupSpace(space).map(({ label }) => label)).toEqual(['Dense 1', 'Dense 2', 'Optimizer', 'Training']);
    expect(summarizeGroup(groupSpace(space)[0] ?? { label: '', values: [] })).toBe('units 32, activation relu');
  });

  it('says where else a value is written, and nothing of markup', () => {
    const shared = space.hyperparameters.find(({ variable }) => variable === 'UNITS') as Hyperparameter;
    expect(explainHyperparameter(shared, space.script)[0]).toBe('Dense 1 · units 32 (UNITS)');
    const coupled = { ...shared, edits: [...shared.edits, { ...shared, line: 9 }, { ...shared, path: 'other.py', line: 3 }] };
    expect(explainHyperparameter(coupled, space.script)).toContain('Changes together with line 9; other.py, line 3.');
  });
});
