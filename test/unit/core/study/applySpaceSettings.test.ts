import { describe, expect, test } from 'vitest';
import { applySpaceSettings } from '../../../../src/core/study/applySpaceSettings.ts';
import { parseConfiguration } from '../../../../src/core/study/parseConfiguration.ts';
import type { SearchSpace } from '../../../../src/core/space/SearchSpace.ts';
import { spaceOf } from '../space/readSpace.ts';

const SCRIPT = `from keras.models import Sequential
from keras.layers import Dense
m = Sequential([Dense(8, activation='relu'), Dense(16, activation='tanh'), Dense(2)])
m.compile('adam', 'mse')
m.fit(X, y, epochs=3)
`;

async function withSettings(yaml: string): Promise<SearchSpace> {
  const { configuration, problems } = parseConfiguration(`space:\n  ${yaml}\n`);
  if (configuration === null) throw new Error(problems[0].message);
  return applySpaceSettings(await spaceOf(SCRIPT), configuration.space ?? {});
}

async function rangeOf(yaml: string, id: string): Promise<unknown> {
  return (await withSettings(yaml)).hyperparameters.find((hyperparameter) => hyperparameter.id === id)?.range;
}

describe("hone.yaml's space", () => {
  test.each([
    ['an id', 'fit.epochs: {low: 2, high: 90}', 'fit.epochs', { kind: 'int', low: 2, high: 90, log: true }],
    ['a name', 'units: {low: 4, high: 64, log: false}', 'layers.Dense[1].units', { kind: 'int', low: 4, high: 64, log: false }],
    ['a pattern', 'layers.*.units: {choices: [8, 32]}', 'layers.Dense[0].units', { kind: 'categorical', choices: [8, 32] }],
    ['an optimizer', 'optimizer: {choices: [adam, sgd]}', 'compile.optimizer', { kind: 'categorical', choices: ['adam', 'sgd'] }],
  ])('takes the range of %s', async (_, yaml, id, range) => {
    expect(await rangeOf(yaml, id)).toEqual(range);
  });

  test("holds as it is where the script's own value lies outside", async () => {
    expect(await rangeOf('epochs: {low: 10, high: 20}', 'fit.epochs')).toMatchObject({ low: 10, high: 20 });
    expect(await rangeOf('units: {choices: [64]}', 'layers.Dense[0].units')).toMatchObject({ choices: [64] });
  });

  test('leaves alone what is fixed, and says why', async () => {
    const { hyperparameters, fixed } = await withSettings('activation: fixed');
    expect(hyperparameters.filter(({ name }) => name === 'activation')).toEqual([]);
    expect(fixed).toContainEqual(
      expect.objectContaining({
        id: 'layers.Dense[1].activation',
        setting: 'activation',
        reason: expect.stringContaining('hone.yaml'),
      }),
    );
  });

  test('counts an id before a name, and a name before a pattern', async () => {
    const { hyperparameters } = await withSettings(
      '"layers.*": fixed\n  units: {choices: [1]}\n  "layers.Dense[1].units": {choices: [2]}',
    );
    const units = hyperparameters.filter(({ name }) => name === 'units');
    expect(units.map(({ range, setting }) => [range, setting])).toEqual([
      [{ kind: 'categorical', choices: [1] }, 'units'],
      [{ kind: 'categorical', choices: [2] }, 'layers.Dense[1].units'],
    ]);
  });

  test.each([
    [
      'an unknown key, with the nearest',
      'epoch: fixed',
      { code: 'configuration', next: expect.stringContaining('Did you mean epochs?') },
    ],
    [
      'an unknown key that is near to none, with what there is',
      'foo: fixed',
      { next: expect.stringMatching(/^It has units, activation, .* and \d+ more\.$/u) },
    ],
    ['a pattern that fits nothing', '"layers.Conv*": fixed', { code: 'configuration' }],
    [
      'an empty range',
      'units: {low: 9, high: 3}',
      {
        message: expect.stringContaining('9 is more than 3'),
        next: expect.stringMatching(/^Its value is 8, its range without that \d+ to \d+\.$/u),
      },
    ],
    ['half a unit', 'units: {low: 1, high: 2.5}', { message: expect.stringContaining('whole number') }],
    ['a logarithm of nothing', 'units: {low: 0, high: 2, log: true}', { message: expect.stringContaining('above 0') }],
    ['a number for a word', 'activation: {low: 0, high: 2}', { message: expect.stringContaining('choices') }],
    ['a misspelt word', 'units: fix', { message: expect.stringContaining('must be fixed') }],
  ])('refuses %s', async (_, yaml, error) => {
    await expect(withSettings(yaml)).rejects.toMatchObject(error);
  });
});

test('says why a fixed value takes no range', async () => {
  const space = await spaceOf(SCRIPT.replace(/Dense\(8.*'tanh'\), /u, ''));
  const settings = { units: { low: 1, high: 2 } };
  expect(() => applySpaceSettings(space, settings)).toThrow(/cannot change it\. It belongs to the output layer/u);
});
