import { describe, expect, it } from 'vitest';
import { formatBytes, formatName, formatSeconds, formatValue, headline } from '../../../../src/core/report/formatMetric.ts';

describe('formatValue', () => {
  it.each([
    ['accuracy', 0.97222, '97.2 %'],
    ['val_accuracy', 1, '100.0 %'],
    ['balanced_accuracy', 0, '0.0 %'],
    ['loss', 0.412345, '0.4123'],
    ['mse', 1234567.8, '1.23e+6'],
    ['mse', 0.00001234, '1.23e-5'],
    ['r2', -0.5, '-0.5'],
    ['mae', 0, '0'],
    ['accuracy', 97.2, '97.2'],
    ['accuracy', null, 'not a number'],
  ])('%s %s is %s', (name, value, text) => {
    expect(formatValue(name, value)).toBe(text);
  });
});

describe('formatName', () => {
  it.each([
    ['balanced_accuracy', 'balanced accuracy'],
    ['r2', 'R²'],
    ['val_mse', 'val MSE'],
    ['roc_auc', 'ROC AUC'],
    ['f1', 'F1'],
  ])('%s is written %s', (name, text) => {
    expect(formatName(name)).toBe(text);
  });
});

describe('formatSeconds', () => {
  it.each([
    [4.21, '4.2 s'],
    [59.4, '59 s'],
    [60, '1 min'],
    [71, '1 min 11 s'],
    [7500, '2 h 5 min'],
    [7200, '2 h'],
  ])('%s', (seconds, text) => {
    expect(formatSeconds(seconds)).toBe(text);
  });
});

describe('formatBytes', () => {
  it.each([
    [999, '999 B'],
    [12_345, '12 kB'],
    [3_400_000, '3.4 MB'],
    [2e9, '2.0 GB'],
  ])('%s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

describe('headline', () => {
  const f1 = { name: 'f1', data: 'test', source: 'hook', direction: 'maximize' } as const;

  it('prefers what the study is judged by, on validation data', () => {
    expect(headline({ loss: 1, accuracy: 0.5, f1: 0.2, val_f1: 0.3 }, f1)).toEqual({ name: 'val_f1', value: 0.3 });
  });

  it('falls back to an accuracy, then to a loss, then to whatever there is', () => {
    expect(headline({ loss: 1, accuracy: 0.5 }, null)?.name).toBe('accuracy');
    expect(headline({ perplexity: 3, loss: 1 }, f1)).toEqual({ name: 'loss', value: 1 });
    expect(headline({ perplexity: null }, null)).toEqual({ name: 'perplexity', value: null });
    expect(headline({}, null)).toBeNull();
  });
});
