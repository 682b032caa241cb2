import { escapeHtml } from './escapeHtml.ts';
import type { StudyView } from './StudyView.ts';

const WIDTH = 800;
const HEIGHT = 260;
const MARGIN = { left: 64, right: 16, top: 14, bottom: 34 } as const;

interface Point {
  readonly number: number;
  readonly value: number;
}

/** The values of a study's trials, the best so far as a line and the target as a dashed one: an SVG. Empty where there is no value. */
export function renderObjectiveChart({ trials, target, percent, minimize, metric }: StudyView): string {
  const points = trials.flatMap(({ number, value }) => (value === null ? [] : [{ number, value }]));
  if (points.length === 0) return '';
  const values = [...points.map(({ value }) => value), ...(target === null ? [] : [target])];
  const grid = gridOf(Math.min(...values), Math.max(...values));
  const [low, high] = [grid[0] ?? 0, grid.at(-1) ?? 1];
  const last = Math.max(1, ...points.map(({ number }) => number));
  const x = (number: number): number => round(MARGIN.left + (number / last) * (WIDTH - MARGIN.left - MARGIN.right));
  const y = (value: number): number =>
    round(MARGIN.top + ((high - value) / (high - low)) * (HEIGHT - MARGIN.top - MARGIN.bottom));
  const show = (value: number): string => (percent ? `${(value * 100).toFixed(1)} %` : String(Number(value.toPrecision(3))));
  const right = WIDTH - MARGIN.right;
  const ticks = grid.map(
    (value) =>
      `<line class="grid" x1="${MARGIN.left}" x2="${right}" y1="${y(value)}" y2="${y(value)}"/>` +
      `<text x="${MARGIN.left - 8}" y="${y(value) + 4}" text-anchor="end">${show(value)}</text>`,
  );
  const goal =
    target === null
      ? ''
      : `<line class="target" x1="${MARGIN.left}" x2="${right}" y1="${y(target)}" y2="${y(target)}"/>` +
        `<text x="${right}" y="${y(target) - 5}" text-anchor="end">target ${show(target)}</text>`;
  const dots = points.map(
    ({ number, value }) =>
      `<circle class="trial" cx="${x(number)}" cy="${y(value)}" r="3"><title>trial ${number}: ${show(value)}</title></circle>`,
  );
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(metric)} over trials">
${ticks.join('')}
<path class="best" d="${steps(points, minimize, x, y)}"/>
${goal}
${dots.join('')}
<text x="${MARGIN.left}" y="${HEIGHT - 10}">trial 0</text><text x="${right}" y="${HEIGHT - 10}" text-anchor="end">trial ${last}</text>
</svg>`;
}

/** The best value so far as a stepped path. */
function steps(points: readonly Point[], minimize: boolean, x: (number: number) => number, y: (value: number) => number): string {
  let best: number | null = null;
  const parts: string[] = [];
  for (const { number, value } of points) {
    best = best === null ? value : minimize ? Math.min(best, value) : Math.max(best, value);
    parts.push(parts.length === 0 ? `M${x(number)} ${y(best)}` : `H${x(number)} V${y(best)}`);
  }
  return parts.join(' ');
}

/** Round values that hold both ends, at most seven. */
function gridOf(low: number, high: number): readonly number[] {
  const rough = (high - low || Math.abs(high) || 1) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10);
  const [first, last] = [Math.floor(low / step), Math.ceil(high / step)];
  return Array.from({ length: Math.max(1, last - first) + 1 }, (_, index) => (first + index) * step);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
