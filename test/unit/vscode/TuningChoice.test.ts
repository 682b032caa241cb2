import { expect, test } from 'vitest';
import { describeTarget, USUAL_CHOICE } from '../../../src/vscode/tune/TuningChoice.ts';

test.each([
  [{}, 'accuracy', 'accuracy 95 %, unless hone.yaml names a target'],
  [{}, 'mse', 'the best mse, unless hone.yaml names a target'],
  [{ target: null }, 'accuracy', 'the best accuracy'],
  [{ target: '0.975' }, 'accuracy', 'accuracy 97.5 %'],
])('a choice of %j for %s reads as %s', (choice, metric, text) => {
  expect(describeTarget({ ...USUAL_CHOICE, ...choice }, metric)).toBe(text);
});
