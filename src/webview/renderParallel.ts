import type { PanelStudy, PanelTrial } from '../protocol/panelMessages.ts';
import { element, svgElement, type Content } from './element.ts';
import { written } from './Plot.ts';

const FROM_TRIALS = 20;
const AXES = 10;
const WIDTH = 900;
const HEIGHT = 300;
const TOP = 34;
const BOTTOM = HEIGHT - 20;

interface Axis {
  readonly label: string;
  readonly ends: readonly [string, string];
  /** 0 at the bottom, 1 at the top. */
  readonly place: (trial: PanelTrial) => number;
}

/** Each trial as a line through its values: the better, the stronger. Nothing before there are enough trials to see more than lines. */
export function renderParallel(study: PanelStudy): readonly Content[] {
  const trials = study.trials.filter(({ value }) => value !== null);
  if (trials.length < FROM_TRIALS) return [];
  const varying = study.columns.flatMap((label, index) => {
    const axis = axisOf(label, trials, index);
    return axis === null ? [] : [axis];
  });
  if (varying.length === 0) return [];
  const axes = [...varying.slice(0, AXES), valueAxis(study, trials)];
  const sign = study.minimize ? -1 : 1;
  const sorted = [...trials].sort((a, b) => sign * ((a.value ?? 0) - (b.value ?? 0)));
  const x = (index: number): number => 60 + (index / (axes.length - 1)) * (WIDTH - 120);
  const y = (share: number): number => BOTTOM - share * (BOTTOM - TOP);
  const lines = sorted.map((trial, rank) => {
    const isGood = rank >= sorted.length - Math.max(3, Math.round(sorted.length / 10));
    const points = axes.map(({ place }, index) => `${x(index).toFixed(1)},${y(place(trial)).toFixed(1)}`).join(' ');
    const title = svgElement('title', {}, `trial ${trial.number}: ${trial.text}`);
    return svgElement('polyline', { class: isGood ? 'good' : 'other', points }, title);
  });
  const frames = axes.flatMap(({ label, ends }, index) => {
    const at = { x: x(index).toFixed(1), 'text-anchor': 'middle' };
    return [
      svgElement('line', { class: 'axis', x1: at.x, x2: at.x, y1: TOP, y2: BOTTOM }),
      svgElement('text', { ...at, y: 12 }, shorten(label), svgElement('title', {}, label)),
      svgElement('text', { ...at, y: TOP - 6 }, shorten(ends[1])),
      svgElement('text', { ...at, y: HEIGHT - 5 }, shorten(ends[0])),
    ];
  });
  const label = `${trials.length} trials over ${axes.map((axis) => axis.label).join(', ')}; the best tenth is drawn strong.`;
  const svg = svgElement(
    'svg',
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': label, class: 'parallel' },
    ...lines,
    ...frames,
  );
  return [element('h2', {}, 'What good trials have in common'), svg];
}

function valueAxis({ metric, percent }: PanelStudy, trials: readonly PanelTrial[]): Axis {
  const values = trials.map(({ value }) => value ?? 0);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return {
    label: metric,
    ends: [written(low, percent), written(high, percent)],
    place: ({ value }) => share(value ?? low, low, high),
  };
}

/** Null for a hyperparameter that all trials have the same of. */
function axisOf(label: string, trials: readonly PanelTrial[], index: number): Axis | null {
  const settings = trials.map((trial) => trial.settings[index] ?? '');
  const different = [...new Set(settings)];
  if (different.length < 2) return null;
  const numbers = settings.filter((setting) => typeof setting === 'number');
  if (numbers.length < settings.length) {
    const names = different.map(String).sort();
    return {
      label,
      ends: [names[0] ?? '', names.at(-1) ?? ''],
      place: (trial) => names.indexOf(String(trial.settings[index])) / (names.length - 1),
    };
  }
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  const scale = low > 0 && high / low >= 50 ? Math.log : (value: number): number => value;
  return {
    label,
    ends: [written(low, false), written(high, false)],
    place: (trial) => share(scale(Number(trial.settings[index])), scale(low), scale(high)),
  };
}

function share(value: number, low: number, high: number): number {
  return high === low ? 0.5 : (value - low) / (high - low);
}

/** The end of an id says what it is. */
function shorten(text: string): string {
  return text.length > 14 ? `…${text.slice(-13)}` : text;
}
