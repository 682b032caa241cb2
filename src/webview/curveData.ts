import type { PanelCurve } from '../protocol/panelMessages.ts';
import type { PlotData } from './Plot.ts';

/** Trials' learning curves over their epochs; null where none has an epoch. */
export function curveData(curves: readonly PanelCurve[]): PlotData | null {
  const x = [...new Set(curves.flatMap(({ epochs }) => epochs))].sort((a, b) => a - b);
  if (x.length === 0) return null;
  const names = curves.map(({ trial, metric }) => `trial ${trial}, ${metric.replaceAll('_', ' ')}`);
  return {
    summary: `Learning curves of ${names.join('; ')}, up to epoch ${x.at(-1)}.`,
    xLabel: 'epoch',
    x,
    percent: false,
    series: curves.map(({ epochs, values }, index) => {
      const at = new Map(epochs.map((epoch, place) => [epoch, values[place] ?? null]));
      return { label: names[index] ?? '', values: x.map((epoch) => at.get(epoch) ?? null), look: 'line' };
    }),
  };
}
