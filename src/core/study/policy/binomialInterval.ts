import { invert, regularizedBeta } from './regularizedBeta.ts';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * What a share of rows says of all rows that there could be: Clopper and Pearson's bounds, each one-sided at 95 %.
 * @param share within 0..1, of `rows`
 */
export function binomialInterval(share: number, rows: number): Interval {
  const hits = Math.round(share * rows);
  const beta = (a: number, b: number, probability: number): number => invert((x) => regularizedBeta(x, a, b), probability, 0, 1);
  return {
    low: hits === 0 ? 0 : beta(hits, rows - hits + 1, 0.05),
    high: hits === rows ? 1 : beta(hits + 1, rows - hits, 0.95),
  };
}
