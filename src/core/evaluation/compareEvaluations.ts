import type { Evaluation } from './Evaluation.ts';
import { predictedClasses } from './measureOutputs.ts';

/** Rows of two samples of the same data, by their numbers. */
export interface EvaluationComparison {
  /** Wrong by the first model, right by the second. */
  readonly mended: readonly number[];
  /** Right by the first, wrong by the second. */
  readonly broken: readonly number[];
}

/** Which rows one model got right and the other did not; null where they were not measured on the same rows, or classify nothing. */
export function compareEvaluations(first: Evaluation, second: Evaluation): EvaluationComparison | null {
  const { sample, truth } = first;
  const isSame = truth.length === second.truth.length && truth.every((value, row) => value === second.truth[row]);
  if (!isSame || sample.classes === null || second.sample.classes === null) return null;
  const [before, after] = [first, second].map(({ outputs }) => predictedClasses(outputs, sample.rows));
  const rows = truth.map((_, row) => row);
  const wasRight = (row: number): boolean => before?.[row] === truth[row];
  const isRight = (row: number): boolean => after?.[row] === truth[row];
  return {
    mended: rows.filter((row) => !wasRight(row) && isRight(row)),
    broken: rows.filter((row) => wasRight(row) && !isRight(row)),
  };
}
