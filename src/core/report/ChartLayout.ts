import type { CurveView } from './viewCurves.ts';
import type { StudyView } from './StudyView.ts';

export interface ChartPoint {
  /** Number of a trial or of an epoch. */
  readonly at: number;
  readonly value: number;
}

/** What a chart of a study shows, in its own units. */
export interface ChartLayout {
  readonly dots: readonly ChartPoint[];
  /** In steps where it is the best so far, else from point to point. */
  readonly line: readonly ChartPoint[];
  readonly stepped: boolean;
  readonly target: number | null;
  /** Round values that hold all others, lowest first, two to seven. */
  readonly grid: readonly number[];
  readonly first: number;
  readonly last: number;
}

/** The values of a study's trials, the best so far and the target; null where there is no value. */
export function layoutTrials({ trials, target, minimize }: StudyView): ChartLayout | null {
  const dots = trials.flatMap(({ number, value }) => (value === null ? [] : [{ at: number, value }]));
  let best: number | null = null;
  const line = dots.map(({ at, value }) => {
    best = best === null ? value : minimize ? Math.min(best, value) : Math.max(best, value);
    return { at, value: best };
  });
  if (dots.length === 0) return null;
  const last = Math.max(1, ...dots.map(({ at }) => at));
  return { dots, line, stepped: true, target, grid: gridAround(dots, target), first: 0, last };
}

/** How one metric went over the epochs of a trial; null where there is no way between two points. */
export function layoutEpochs({ epochs, values }: CurveView, target: number | null): ChartLayout | null {
  const line = epochs.flatMap((at, index) => {
    const value = values[index] ?? null;
    return value === null ? [] : [{ at, value }];
  });
  const [first, last] = [line[0], line.at(-1)];
  if (first === undefined || last === undefined || first.at === last.at) return null;
  return { dots: [], line, stepped: false, target, grid: gridAround(line, target), first: first.at, last: last.at };
}

function gridAround(points: readonly ChartPoint[], target: number | null): readonly number[] {
  const values = [...points.map(({ value }) => value), ...(target === null ? [] : [target])];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const rough = (high - low || Math.abs(high) || 1) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10);
  const [first, last] = [Math.floor(low / step), Math.ceil(high / step)];
  return Array.from({ length: Math.max(1, last - first) + 1 }, (_, index) => (first + index) * step);
}
