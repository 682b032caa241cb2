import { invert, regularizedBeta } from './regularizedBeta.ts';

/** The quantile of Student's t distribution. `probability` is within 0.5..1. */
export function quantileT(probability: number, degreesOfFreedom: number): number {
  const df = degreesOfFreedom;
  return invert((t) => 1 - regularizedBeta(df / (df + t * t), df / 2, 0.5) / 2, probability, 0, 1e5);
}
