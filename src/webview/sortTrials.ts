import type { PanelStudy, PanelTrial } from '../protocol/panelMessages.ts';

/** A property of a trial, or the place of a hyperparameter among the columns. */
export interface TrialOrder {
  readonly column: 'number' | 'value' | 'seconds' | 'repeats' | number;
  readonly reversed: boolean;
}

/** Trials by a column: values the best first, all else the smallest first, or the other way round; those without one are always last. */
export function sortTrials(
  { trials, minimize }: Pick<PanelStudy, 'trials' | 'minimize'>,
  order: TrialOrder,
): readonly PanelTrial[] {
  const { column, reversed } = order;
  const sign = (reversed ? -1 : 1) * (column === 'value' && !minimize ? -1 : 1);
  return [...trials].sort((a, b) => compare(keyOf(a, column), keyOf(b, column), sign) || a.number - b.number);
}

function keyOf(trial: PanelTrial, column: TrialOrder['column']): number | string | null {
  const key = typeof column === 'number' ? trial.settings[column] : trial[column];
  return key === undefined || key === '' ? null : key;
}

function compare(a: number | string | null, b: number | string | null, sign: number): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (typeof a === 'number' && typeof b === 'number') return sign * (a - b);
  return sign * String(a).localeCompare(String(b), undefined, { numeric: true });
}
