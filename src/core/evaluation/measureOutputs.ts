import type { Metric } from '../scan/Script.ts';
import type { Evaluation } from './Evaluation.ts';

/** A metric of a sample, computed here. */
export interface Measured {
  readonly name: string;
  readonly value: number;
}

type Compute = (truth: readonly number[], outputs: readonly number[]) => number;

const REGRESSION: Readonly<Record<string, Compute>> = {
  mse: meanSquare,
  rmse: (truth, outputs) => Math.sqrt(meanSquare(truth, outputs)),
  mae: (truth, outputs) => mean(truth.map((value, row) => Math.abs(value - (outputs[row] ?? NaN)))),
  r2: (truth, outputs) =>
    1 -
    meanSquare(truth, outputs) /
      meanSquare(
        truth,
        truth.map(() => mean(truth)),
      ),
};

/**
 * Computes the study's metric from a model's answers to a sample; the accuracy of a classification, R² of a regression, where the study's cannot be
 * had from answers alone.
 * @param outputs as of `Evaluation.outputs`
 */
export function measureOutputs(evaluation: Evaluation, outputs: Float32Array, metric: Metric | null): Measured {
  const { sample, truth } = evaluation;
  if (sample.task === 'regression') {
    const name = metric !== null && metric.name in REGRESSION ? metric.name : 'r2';
    return { name, value: REGRESSION[name]?.(truth, [...outputs]) ?? NaN };
  }
  const predicted = predictedClasses(outputs, sample.rows);
  return { name: 'accuracy', value: mean(truth.map((one, row) => (one === predicted[row] ? 1 : 0))) };
}

/** Numbers of the classes that a model's answers stand for: the most probable one; of a single probability, 1 above a half. */
export function predictedClasses(outputs: Float32Array, rows: number): readonly number[] {
  const width = rows === 0 ? 0 : outputs.length / rows;
  return Array.from({ length: rows }, (_, row) => {
    const answers = outputs.subarray(row * width, (row + 1) * width);
    if (width === 1) return (answers[0] ?? 0) > 0.5 ? 1 : 0;
    return answers.reduce((best, value, index) => (value > (answers[best] ?? -Infinity) ? index : best), 0);
  });
}

function meanSquare(truth: readonly number[], outputs: readonly number[]): number {
  return mean(truth.map((value, row) => (value - (outputs[row] ?? NaN)) ** 2));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
