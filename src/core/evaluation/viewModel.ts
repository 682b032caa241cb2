import { formatData, formatName, formatValue } from '../report/formatMetric.ts';
import type { Metric } from '../scan/Script.ts';
import type { Evaluation } from './Evaluation.ts';
import { inputForm } from './inputForm.ts';
import { measureOutputs, predictedClasses } from './measureOutputs.ts';
import type { ClassView, Mistake, ModelView } from './ModelView.ts';

/** Classes that a table shows; beyond, the pairs that are confused most. */
const MOST_IN_TABLE = 30;
const MOST_CONFUSIONS = 30;
const MOST_MISTAKES = 60;
/** Numbers of all mistakes together: what a page draws at once. */
const MOST_NUMBERS = 400_000;

/** What a person sees of a trial's model. */
export function viewModel(evaluation: Evaluation, study: string, trial: number, metric: Metric | null): ModelView {
  const { sample, inputs, outputs } = evaluation;
  const { name, value } = measureOutputs(evaluation, outputs, metric);
  const of = `${sample.rows === sample.total ? '' : `${sample.rows} of `}${sample.total} rows`;
  const data = formatData(sample.data);
  const shared = {
    study,
    trial,
    headline: `${formatName(name)} ${formatValue(name, value)} of ${of}${data === '' ? '' : ` of ${data} data`}`,
    task: sample.task,
    form: inputForm(evaluation),
    example: [...inputs.subarray(0, inputs.length / sample.rows)],
    untried:
      sample.model.form === 'layers' ? null : (sample.model.reason ?? 'Only the library that trained it can run this model.'),
  };
  return sample.classes === null
    ? { ...shared, ...ofValues(evaluation) }
    : { ...shared, ...ofClasses(evaluation, sample.classes) };
}

type Found = Omit<ModelView, 'study' | 'trial' | 'headline' | 'task' | 'form' | 'example' | 'untried'>;

function ofClasses(evaluation: Evaluation, classes: readonly string[]): Found {
  const { sample, outputs, truth } = evaluation;
  const answers = predictedClasses(outputs, sample.rows);
  const counts = classes.map(() => classes.map(() => 0));
  truth.forEach((one, row) => {
    const line = counts[one];
    const answer = answers[row] ?? 0;
    if (line !== undefined) line[answer] = (line[answer] ?? 0) + 1;
  });
  const wrong = truth.flatMap((one, row) => (one === answers[row] ? [] : [row]));
  return {
    classes,
    matrix: classes.length <= MOST_IN_TABLE ? counts : null,
    confusions: confusionsOf(counts, classes),
    perClass: classes.map((name, index) => classView(name, index, counts)),
    mistakes: mistakesAt(evaluation, wrong),
    wrong: wrong.length,
    residuals: [],
  };
}

function ofValues(evaluation: Evaluation): Found {
  const { outputs, truth } = evaluation;
  const residuals = truth.map((value, row) => [value, outputs[row] ?? NaN] as const);
  const short = (value: number): string => String(Number(value.toPrecision(4)));
  const rows = residuals.map(([value, answer], row) => ({ row, truth: short(value), answer: short(answer), sure: null }));
  return {
    classes: [],
    matrix: null,
    confusions: [],
    perClass: [],
    mistakes: mistakesOf(evaluation, rows, ({ row }) => Math.abs((truth[row] ?? 0) - (outputs[row] ?? 0))),
    wrong: null,
    residuals,
  };
}

/** Rows of a sample as mistakes, the most confident first. */
export function mistakesAt(evaluation: Evaluation, rows: readonly number[]): readonly Mistake[] {
  const { sample, outputs, truth } = evaluation;
  const answers = predictedClasses(outputs, sample.rows);
  const named = rows.map((row) => {
    const answer = answers[row] ?? 0;
    const names = { truth: sample.classes?.[truth[row] ?? -1] ?? '?', answer: sample.classes?.[answer] ?? '?' };
    return { row, ...names, sure: probabilityOf(outputs, sample.rows, row, answer) };
  });
  return mistakesOf(evaluation, named, ({ sure }) => sure);
}

function mistakesOf<Row extends Omit<Mistake, 'input'>>(
  { sample, inputs }: Evaluation,
  rows: readonly Row[],
  weight: (row: Row) => number,
): readonly Mistake[] {
  const size = inputs.length / sample.rows;
  const most = Math.max(1, Math.min(MOST_MISTAKES, Math.floor(MOST_NUMBERS / Math.max(1, size))));
  return rows
    .toSorted((one, other) => weight(other) - weight(one))
    .slice(0, most)
    .map((one) => ({ ...one, input: [...inputs.subarray(one.row * size, (one.row + 1) * size)] }));
}

function confusionsOf(counts: readonly (readonly number[])[], classes: readonly string[]): ModelView['confusions'] {
  return counts
    .flatMap((line, truth) =>
      line.flatMap((rows, answer) =>
        truth === answer || rows === 0 ? [] : [{ truth: classes[truth] ?? '?', answer: classes[answer] ?? '?', rows }],
      ),
    )
    .toSorted((one, other) => other.rows - one.rows)
    .slice(0, MOST_CONFUSIONS);
}

function classView(name: string, index: number, counts: readonly (readonly number[])[]): ClassView {
  const right = counts[index]?.[index] ?? 0;
  const rows = (counts[index] ?? []).reduce((sum, count) => sum + count, 0);
  const called = counts.reduce((sum, line) => sum + (line[index] ?? 0), 0);
  return { name, precision: called === 0 ? null : right / called, recall: rows === 0 ? null : right / rows, rows };
}

function probabilityOf(outputs: Float32Array, rows: number, row: number, answer: number): number {
  const width = outputs.length / rows;
  if (width > 1) return outputs[row * width + answer] ?? 0;
  const one = outputs[row] ?? 0;
  return answer === 1 ? one : 1 - one;
}
