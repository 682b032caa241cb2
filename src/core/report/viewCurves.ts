import type { Study, Trial } from '../study/Study.ts';
import { headline } from './formatMetric.ts';

/** How a metric of one trial went, epoch by epoch. */
export interface CurveView {
  readonly trial: number;
  readonly metric: string;
  readonly epochs: readonly number[];
  /** Null where it was not finite. */
  readonly values: readonly (number | null)[];
}

/** More points than this say no more on a screen. */
const POINTS = 300;

/** Curves drawn at once, beyond which they cannot be told apart. */
const CURVES = 6;

/** The learning curves of the chosen trials and of those that run; of the best one where none is chosen. */
export function viewCurves({ trials, best }: Study, chosen: readonly number[]): readonly CurveView[] {
  const wanted = chosen.length > 0 || best === null ? chosen : [best];
  return trials
    .filter(({ number, state }) => state === 'running' || wanted.includes(number))
    .slice(-CURVES)
    .flatMap(viewCurve);
}

function viewCurve({ number, epochs, result }: Trial): readonly CurveView[] {
  const metric = headline(epochs.at(-1)?.metrics ?? {}, result)?.name ?? null;
  if (metric === null) return [];
  const every = Math.ceil(epochs.length / POINTS);
  const kept = epochs.filter((_, index) => index % every === 0 || index === epochs.length - 1);
  return [
    {
      trial: number,
      metric,
      epochs: kept.map(({ epoch }) => epoch),
      values: kept.map(({ metrics }) => metrics[metric] ?? null),
    },
  ];
}
