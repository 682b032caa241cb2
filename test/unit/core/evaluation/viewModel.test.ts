import { describe, expect, test } from 'vitest';
import { compareEvaluations } from '../../../../src/core/evaluation/compareEvaluations.ts';
import type { Evaluation } from '../../../../src/core/evaluation/Evaluation.ts';
import { inputForm } from '../../../../src/core/evaluation/inputForm.ts';
import { parseAnswers } from '../../../../src/core/evaluation/parseAnswers.ts';
import { viewModel } from '../../../../src/core/evaluation/viewModel.ts';
import { parseToModelPage } from '../../../../src/protocol/modelMessages.ts';

interface Parts {
  readonly truth: readonly number[];
  /** A row of probabilities, or of one value, each. */
  readonly outputs: readonly (readonly number[])[];
  readonly classes?: readonly string[] | null;
  readonly shape?: readonly number[];
  readonly names?: readonly string[] | null;
}

function evaluation({ truth, outputs, classes = ['cat', 'dog', 'owl'], shape = [2], names = null }: Parts): Evaluation {
  const rows = truth.length;
  const size = shape.reduce((product, one) => product * one, 1);
  const place = (kind: 'float32' | 'int32', sizes: readonly number[]) => ({ offset: 0, kind, shape: [rows, ...sizes] });
  return {
    sample: {
      version: 1,
      reason: null,
      data: 'test',
      rows,
      total: rows,
      task: classes === null ? 'regression' : 'classification',
      classes: classes === null ? null : [...classes],
      names: names === null ? null : [...names],
      inputs: place('float32', shape),
      outputs: place('float32', [outputs[0]?.length ?? 1]),
      truth: place('int32', []),
      sha256: '0'.repeat(64),
      model: { form: 'layers', reason: null },
    },
    inputs: Float32Array.from({ length: rows * size }, (_, index) => index),
    outputs: Float32Array.from(outputs.flat()),
    truth,
  };
}

const three = evaluation({
  truth: [0, 0, 1, 2, 2],
  outputs: [
    [0.9, 0.1, 0],
    [0.2, 0.8, 0],
    [0.1, 0.6, 0.3],
    [0.45, 0.1, 0.55],
    [0.05, 0.95, 0],
  ],
});

describe('what a person sees of a model', () => {
  const view = viewModel(three, 'pets-1', 4, null);

  test('is which classes are taken for which', () => {
    expect(view.matrix).toEqual([
      [1, 1, 0],
      [0, 1, 0],
      [0, 1, 1],
    ]);
    expect(view.confusions).toEqual([
      { truth: 'cat', answer: 'dog', rows: 1 },
      { truth: 'owl', answer: 'dog', rows: 1 },
    ]);
    expect(view.perClass).toEqual([
      { name: 'cat', precision: 1, recall: 0.5, rows: 2 },
      { name: 'dog', precision: 1 / 3, recall: 1, rows: 1 },
      { name: 'owl', precision: 1, recall: 0.5, rows: 2 },
    ]);
    expect(view.headline).toBe('accuracy 60.0 % of 5 rows of test data');
  });

  test('begins with the row that the model is most sure and wrong of', () => {
    expect(view.mistakes.map(({ row, truth, answer }) => [row, truth, answer])).toEqual([
      [4, 'owl', 'dog'],
      [1, 'cat', 'dog'],
    ]);
    expect(view.mistakes[0]?.sure).toBeCloseTo(0.95);
    expect(view.mistakes[0]?.input).toEqual([8, 9]);
    expect(view.wrong).toBe(2);
  });

  test('is how far off the values of a regression are, the farthest first', () => {
    const values = evaluation({ truth: [1, 2, 3], outputs: [[1], [5], [2]], classes: null });
    const shown = viewModel(values, 'prices-1', 0, { name: 'mae', data: 'test', source: 'hook', direction: 'minimize' });
    expect(shown.mistakes.map(({ row }) => row)).toEqual([1, 2, 0]);
    expect(shown.residuals).toEqual([
      [1, 1],
      [2, 5],
      [3, 2],
    ]);
    expect(shown.headline).toBe('MAE 1.333 of 3 rows of test data');
  });

  test('stays within bounds for a thousand classes and large inputs, and is a message that the page takes', () => {
    const classes = Array.from({ length: 1000 }, (_, index) => `class ${index}`);
    const outputs = Array.from({ length: 200 }, () => classes.map((_, index) => (index === 7 ? 1 : 0)));
    const large = evaluation({ truth: outputs.map((_, row) => row), outputs, classes, shape: [100, 100, 3] });
    const shown = viewModel(large, 'many-1', 0, null);
    expect(shown.matrix).toBeNull();
    expect(shown.confusions).toHaveLength(30);
    expect(shown.mistakes.reduce((sum, { input }) => sum + input.length, 0)).toBeLessThanOrEqual(400_000);
    const message = { type: 'model', model: shown, others: [], memory: { folder: '/p', id: 'many-1', trial: 0 } };
    expect(parseToModelPage(message)).toEqual(message);
  });
});

test('data with gaps is a message that the page takes', () => {
  const gaps = { ...three, inputs: three.inputs.map((value, index) => (index === 9 ? NaN : value)) };
  const message = {
    type: 'model',
    model: viewModel(gaps, 'pets-1', 4, null),
    others: [],
    memory: { folder: '/p', id: 'pets-1', trial: 4 },
  };
  expect(parseToModelPage(message)).toEqual(message);
});

describe('an input', () => {
  const formOf = (shape: readonly number[], names: readonly string[] | null = null) =>
    inputForm(evaluation({ truth: [0], outputs: [[1, 0, 0]], shape, names }));

  test.each([
    [[8, 8, 1], { kind: 'image', width: 8, height: 8, channels: 1 }],
    [[32, 24, 3], { kind: 'image', width: 24, height: 32, channels: 3 }],
    [[28, 28], { kind: 'image', width: 28, height: 28, channels: 1 }],
    [[64], { kind: 'image', width: 8, height: 8, channels: 1 }],
  ])('of shape %j is an image', (shape, form) => expect(formOf(shape)).toMatchObject(form));

  test('of named or of few columns is a row', () => {
    expect(formOf([4])).toEqual({ kind: 'row', names: ['column 1', 'column 2', 'column 3', 'column 4'] });
    const names = Array.from({ length: 64 }, (_, index) => `f${index}`);
    expect(formOf([64], names)).toEqual({ kind: 'row', names });
  });

  test.each([[[500]], [[12, 3]], [[8, 8, 8, 3]]])('of shape %j is nothing to draw or to type', (shape) =>
    expect(formOf(shape)).toEqual({ kind: 'other' }),
  );
});

describe('two models of the same rows', () => {
  const better = evaluation({
    truth: three.truth,
    outputs: [
      [0, 1, 0],
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
      [0, 0, 1],
    ],
  });

  test('are told apart by the rows that one mended and the other broke', () => {
    expect(compareEvaluations(three, better)).toEqual({ mended: [1, 4], broken: [0] });
  });

  test('cannot be compared where the rows are others', () => {
    expect(compareEvaluations(three, evaluation({ truth: [0, 0, 1, 2, 1], outputs: [[1], [1], [1], [1], [1]] }))).toBeNull();
  });
});

describe('what a re-check prints', () => {
  const decode = (text: string): Uint8Array => Buffer.from(text, 'base64');
  const values = Buffer.from(Float32Array.of(0.25, 0.75).buffer).toString('base64');

  test('is taken from its last line, whatever libraries say before', () => {
    expect(parseAnswers(`Loading…\n{"a": 1}\n{"width": 2, "values": "${values}"}\n`, decode)).toEqual({
      values: Float32Array.of(0.25, 0.75),
    });
    const earlier = '{"reason": "what a library printed"}\n';
    expect(parseAnswers(`${earlier}{"width": 2, "values": "${values}"}`, decode)).toHaveProperty('values');
    expect(parseAnswers('{"reason": "No module named x"}', decode)).toEqual({ reason: 'No module named x' });
  });

  test.each(['', 'Killed', `{"width": 3, "values": "${values}"}`, '{"width": 0, "values": ""}', '{"width": 2, "values": "§"}'])(
    'is nothing where it reads %j',
    (printed) => expect(parseAnswers(printed, decode)).toBeNull(),
  );
});
