import uPlot from 'uplot';
import { element } from './element.ts';

/** One line of a plot, or only its points. */
export interface PlotSeries {
  readonly label: string;
  readonly values: readonly (number | null)[];
  readonly look: 'line' | 'points' | 'steps' | 'goal';
}

export interface PlotData {
  /** What the plot shows, for who cannot see it. */
  readonly summary: string;
  readonly xLabel: string;
  readonly x: readonly number[];
  readonly series: readonly PlotSeries[];
  readonly percent: boolean;
}

const COLORS = ['blue', 'green', 'purple', 'red', 'orange', 'yellow'] as const;
/** So that no line is told from another by its colour alone. */
const DASHES: readonly number[][] = [[], [8, 4], [2, 3], [10, 3, 2, 3], [4, 4], [12, 6]];
/** Faint on every background. */
const GRID = '#8883';
const HEIGHT = 240;

/** A plot in the colours of the theme; it follows the width of the page. */
export class Plot {
  readonly host: HTMLElement;
  readonly #canvas = element('div', { class: 'plot', role: 'img' });
  #plot: uPlot | null = null;
  #data: PlotData | null = null;
  #kind = '';

  constructor(title: string) {
    this.host = element('section', { hidden: '' }, element('h2', {}, title), this.#canvas);
    new ResizeObserver(() => this.#plot?.setSize({ width: this.#width(), height: HEIGHT })).observe(this.host);
    // VS Code names the theme by attributes of the body.
    new MutationObserver(() => this.#rebuild()).observe(document.body, {
      attributes: true,
      attributeFilter: ['class', 'data-vscode-theme-id'],
    });
  }

  /** Shows these data; hides the plot where there are none. */
  draw(data: PlotData | null): void {
    this.#data = data;
    this.host.hidden = data === null;
    if (data === null) return;
    this.#canvas.setAttribute('aria-label', data.summary);
    const kind = JSON.stringify([data.percent, data.xLabel, data.series.map(({ label, look }) => [label, look])]);
    if (this.#plot === null || kind !== this.#kind) {
      this.#kind = kind;
      this.#rebuild();
    } else this.#plot.setData(tableOf(data));
  }

  #rebuild(): void {
    this.#plot?.destroy();
    this.#plot = null;
    const data = this.#data;
    if (data !== null) this.#plot = new uPlot(optionsOf(data, this.#width()), tableOf(data), this.#canvas);
  }

  #width(): number {
    return Math.max(200, this.host.clientWidth);
  }
}

function tableOf({ x, series }: PlotData): uPlot.AlignedData {
  return [[...x], ...series.map(({ values }) => [...values])];
}

function optionsOf({ xLabel, series, percent }: PlotData, width: number): uPlot.Options {
  const style = getComputedStyle(document.body);
  const color = (name: string): string => style.getPropertyValue(`--vscode-${name}`) || style.color;
  const show = (value: number | null): string => (value === null ? '–' : written(value, percent));
  const axis: uPlot.Axis = {
    stroke: color('foreground'),
    font: `12px ${style.fontFamily}`,
    grid: { stroke: GRID, width: 1 },
    ticks: { stroke: GRID, width: 1 },
  };
  const steps = uPlot.paths.stepped?.({ align: 1 });
  return {
    width,
    height: HEIGHT,
    scales: { x: { time: false } },
    axes: [
      { ...axis, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000] },
      { ...axis, size: 64, values: (_, ticks) => ticks.map(show) },
    ],
    series: [
      { label: xLabel },
      ...series.map(({ label, look }, index): uPlot.Series => {
        const stroke = look === 'goal' ? color('foreground') : color(`charts-${COLORS[index % COLORS.length] ?? 'blue'}`);
        return {
          label,
          stroke,
          width: look === 'points' ? 0 : look === 'goal' ? 1 : 2,
          dash: look === 'goal' ? [6, 6] : look === 'line' ? (DASHES[index % DASHES.length] ?? []) : [],
          points: { show: look === 'points', size: 6, fill: stroke },
          value: (_, value) => show(value),
          spanGaps: true,
          ...(look === 'steps' && steps !== undefined ? { paths: steps } : {}),
          ...(look === 'points' ? { paths: () => null } : {}),
        };
      }),
    ],
  };
}

/** A value as people read it. */
export function written(value: number, percent: boolean): string {
  return percent ? `${(value * 100).toFixed(1)} %` : String(Number(value.toPrecision(4)));
}
