import { expect, test } from 'vitest';
// @ts-expect-error plain JavaScript, for it runs without a build
import { scoreScript, summarize } from '../../../scripts/scoreScript.mjs';

const LABEL = {
  id: 'a',
  hp_complete: true,
  label: {
    trains: true,
    framework: 'keras',
    family: 'cnn',
    task: 'classification',
    hyperparameters: [
      { name: 'units', value: 64, line: 3 },
      { name: 'epochs', value: 5, line: 9 },
      { name: 'strides', value: 2, line: 4, optional: true },
    ],
  },
  must_not_change: [{ name: 'units', value: 10, line: 5 }],
};
const SCRIPT = { trains: true, framework: 'keras', family: 'dense', task: 'classification' };
const place = (name: string, value: unknown, line: number): object => ({ name, value, line, edits: [{ line }] });

test('what is found, missed, too much, wrong and forbidden is told apart', () => {
  const space = { hyperparameters: [place('units', '64', 3), place('dropout', 0.5, 6), place('units', 10, 5)] };
  const result = scoreScript(LABEL, SCRIPT, space);
  expect(result).toMatchObject({ found: 1, missed: 1, extra: 2, wrongValues: 0, offeredButFixed: 1 });
  expect(result.misses).toContain('family is cnn, not dense');
  expect(summarize([result])).toMatchObject({ family: 0, framework: 1, recall: 0.5, precision: 1 / 3 });
});

test('no answer is all missed', () => {
  expect(summarize([scoreScript(LABEL, {}, {})])).toMatchObject({ trains: 0, recall: 0, precision: 0, missed: 2 });
});
