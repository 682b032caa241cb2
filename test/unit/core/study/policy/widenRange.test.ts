import { expect, test } from 'vitest';
import { widenRange } from '../../../../../src/core/study/policy/widenRange.ts';
import type { Dimension } from '../../../../../src/core/study/SearchPlan.ts';

function dimension(name: string, value: number, range: Dimension['range'], own = false): Dimension {
  return { id: `m.${name}`, name, group: 'training', value, range, own, places: [] };
}

const rate = dimension('learning_rate', 0.001, { kind: 'float', low: 0.0001, high: 0.01, log: true });

test('goes on where the best stands at an end, by the factor of its kind', () => {
  expect(widenRange(rate, 0.01).range).toMatchObject({ low: 0.0001, high: 0.1 });
  expect(widenRange(rate, 0.0001).range).toMatchObject({ low: 0.00001, high: 0.01 });
});

test('goes no further than the library allows', () => {
  expect(widenRange(dimension('C', 1e5, { kind: 'float', low: 1e4, high: 1e6, log: true }), 1e6).range).toMatchObject({
    high: 1e6,
  });
});

test.each([
  ['a best value within', rate, 0.003],
  ['a range of the developer', dimension('C', 1, { kind: 'float', low: 0.5, high: 2, log: true }, true), 2],
  ['a share, which has natural ends', dimension('dropout', 0.5, { kind: 'float', low: 0, high: 0.6, log: false }), 0.6],
  ['a size that shapes bound', dimension('kernel_size', 3, { kind: 'int', low: 1, high: 5, log: true }), 5],
])('leaves alone %s', (_what, given, best) => {
  expect(widenRange(given, best)).toBe(given);
});

test('lets layers grow, but once', () => {
  const units = dimension('units', 32, { kind: 'int', low: 8, high: 128, log: true });
  expect(widenRange(units, 128).range).toMatchObject({ low: 8, high: 512 });
  expect(widenRange({ ...units, range: { kind: 'int', low: 8, high: 512, log: true } }, 512).range).toMatchObject({ high: 512 });
});
