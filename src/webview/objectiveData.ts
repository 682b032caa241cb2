import type { PanelStudy } from '../protocol/panelMessages.ts';
import type { PlotData } from './Plot.ts';

/** The trials' values in the order of their numbers, the best so far, and the target; null before there are two to compare. */
export function objectiveData({ trials, minimize, target, percent, metric, headline }: PanelStudy): PlotData | null {
  const valued = trials.flatMap(({ number, value }) => (value === null ? [] : [{ number, value }]));
  if (valued.length < 2) return null;
  let best = valued[0]?.value ?? 0;
  const soFar = valued.map(({ value }) => {
    best = minimize ? Math.min(best, value) : Math.max(best, value);
    return best;
  });
  return {
    summary: `${metric} of ${valued.length} trials. ${headline}. The table below has every number.`,
    xLabel: 'trial',
    x: valued.map(({ number }) => number),
    percent,
    series: [
      { label: metric, values: valued.map(({ value }) => value), look: 'points' },
      { label: 'best so far', values: soFar, look: 'steps' },
      ...(target === null ? [] : [{ label: 'target', values: valued.map(() => target), look: 'goal' } as const]),
    ],
  };
}
