import { describe, expect, it } from 'vitest';
import type { PanelTrial } from '../../../src/protocol/panelMessages.ts';
import { differences } from '../../../src/webview/differences.ts';
import { sortTrials, type TrialOrder } from '../../../src/webview/sortTrials.ts';

const trial = (number: number, value: number | null, setting: number | string): PanelTrial => ({
  number,
  state: 'complete',
  value,
  text: String(value),
  seconds: 1,
  time: '1.0 s',
  repeats: 0,
  settings: [setting, 'adam'],
  why: '',
});
const trials = [trial(0, 0.8, 10), trial(1, null, ''), trial(2, 0.9, 9), trial(3, 0.8, 100)];
const order = (column: TrialOrder['column'], reversed = false, minimize = false) =>
  sortTrials({ trials, minimize }, { column, reversed }).map(({ number }) => number);

describe('sortTrials', () => {
  it('puts the best value first, whichever way is better, and no value last', () => {
    expect(order('value')).toEqual([2, 0, 3, 1]);
    expect(order('value', false, true)).toEqual([0, 3, 2, 1]);
    expect(order('value', true)).toEqual([0, 3, 2, 1]);
  });

  it('sorts a hyperparameter’s numbers as numbers', () => {
    expect(order(0)).toEqual([2, 0, 3, 1]);
    expect(order(0, true)).toEqual([3, 0, 2, 1]);
  });
});

describe('differences', () => {
  it('tells only what differs', () => {
    const columns = ['batch_size', 'optimizer'];
    expect(differences({ trials, columns }, 0, 2)).toEqual([
      { label: 'Value', texts: ['0.8', '0.9'] },
      { label: 'batch_size', texts: ['10', '9'] },
    ]);
    expect(differences({ trials, columns }, 0, 9)).toBeNull();
  });
});
