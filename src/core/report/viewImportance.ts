import { explainValues } from './explainValues.ts';
import type { ImportanceView, TrialView } from './StudyView.ts';

/** With fewer trials there is too much that chance could have done. */
const FROM_TRIALS = 20;
const CHANCE = 0.05;

/** Which hyperparameters made a difference; null with too few trials, and where none was changed. */
export function viewImportance(trials: readonly TrialView[], columns: readonly string[]): ImportanceView | null {
  const valued = trials.filter(({ value }) => value !== null);
  if (valued.length < FROM_TRIALS || columns.length === 0) return null;
  const settings = columns.map((_, index) => valued.map((trial) => trial.settings[index] ?? ''));
  const found = explainValues(
    settings,
    valued.map(({ value }) => value ?? 0),
    CHANCE,
  );
  return {
    shares: found.map(({ column, share }) => ({
      label: columns[column] ?? '',
      share,
      text: `${Math.round(share * 100)} %`,
    })),
    note: noteOf(valued.length, found.length, columns.length - found.length),
  };
}

function noteOf(trials: number, told: number, untold: number): string {
  if (told === 0) return `Of none of them: chance could have done what is seen in ${trials} trials.`;
  const others = untold === 0 ? '' : ` Of the other ${untold === 1 ? 'one' : untold}, chance could have done what is seen.`;
  return `How much of the differences between the values of ${trials} trials each explains, beyond those above it.${others}`;
}
