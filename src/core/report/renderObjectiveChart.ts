import { layoutTrials, type ChartPoint } from './ChartLayout.ts';
import { escapeHtml } from './escapeHtml.ts';
import type { StudyView } from './StudyView.ts';

const WIDTH = 800;
const HEIGHT = 260;
const MARGIN = { left: 64, right: 16, top: 14, bottom: 34 } as const;

/** The values of a study's trials, the best so far as a line and the target as a dashed one: an SVG. Empty where there is no value. */
export function renderObjectiveChart(view: StudyView): string {
  const layout = layoutTrials(view);
  if (layout === null) return '';
  const { dots: points, line, target, grid, last } = layout;
  const { percent, metric } = view;
  const [low, high] = [grid[0] ?? 0, grid.at(-1) ?? 1];
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
    ({ at, value }) =>
      `<circle class="trial" cx="${x(at)}" cy="${y(value)}" r="3"><title>trial ${at}: ${show(value)}</title></circle>`,
  );
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(metric)} over trials">
${ticks.join('')}
<path class="best" d="${steps(line, x, y)}"/>
${goal}
${dots.join('')}
<text x="${MARGIN.left}" y="${HEIGHT - 10}">trial 0</text><text x="${right}" y="${HEIGHT - 10}" text-anchor="end">trial ${last}</text>
</svg>`;
}

/** The best value so far as a stepped path. */
function steps(line: readonly ChartPoint[], x: (number: number) => number, y: (value: number) => number): string {
  return line.map(({ at, value }, index) => `${index === 0 ? `M${x(at)} ` : `H${x(at)} V`}${y(value)}`).join(' ');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
