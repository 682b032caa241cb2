import { expect, test } from 'vitest';
import { binomialInterval } from '../../../../../src/core/study/policy/binomialInterval.ts';
import { quantileT } from '../../../../../src/core/study/policy/quantileT.ts';

// Values of R's qt and of scipy.stats.t.ppf.
test.each([
  [0.95, 1, 6.313752],
  [0.975, 4, 2.776445],
  [0.95, 4, 2.131847],
  [0.99, 30, 2.457262],
  [0.995, 2, 9.924843],
])('the %d quantile of t with %d degrees of freedom is %d', (probability, df, quantile) => {
  expect(quantileT(probability, df)).toBeCloseTo(quantile, 5);
});

// Values of scipy.stats.binomtest(k, n).proportion_ci(0.9, "exact").
test.each([
  [432, 450, 0.941259, 0.97399],
  [30, 30, 0.904966, 1],
  [0, 20, 0, 0.139108],
])('%d of %d rows leave open %d to %d', (hits, rows, low, high) => {
  const interval = binomialInterval(hits / rows, rows);
  expect(interval.low).toBeCloseTo(low, 5);
  expect(interval.high).toBeCloseTo(high, 5);
});
