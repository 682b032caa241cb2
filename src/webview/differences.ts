import type { PanelStudy } from '../protocol/panelMessages.ts';

export interface Difference {
  readonly label: string;
  readonly texts: readonly [string, string];
}

/** What differs between two trials: their values, time, and hyperparameters. Null where one is not there. */
export function differences(
  { trials, columns }: Pick<PanelStudy, 'trials' | 'columns'>,
  first: number,
  second: number,
): readonly Difference[] | null {
  const [a, b] = [first, second].map((wanted) => trials.find(({ number }) => number === wanted));
  if (a === undefined || b === undefined) return null;
  const pairs: readonly Difference[] = [
    { label: 'Value', texts: [a.text, b.text] },
    { label: 'Time', texts: [a.time, b.time] },
    ...columns.map((label, index) => ({
      label,
      texts: [String(a.settings[index] ?? ''), String(b.settings[index] ?? '')] as const,
    })),
  ];
  return pairs.filter(({ texts }) => texts[0] !== texts[1]);
}
