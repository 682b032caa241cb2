import type { PageModel } from '../../protocol/modelMessages.ts';
import { element, svgElement } from '../element.ts';

const WIDTH = 560;
const HEIGHT = 300;
const MARGIN = 48;

/** A regression's rows: what was answered above what is true; the line is where both are the same. */
export function renderResiduals({ residuals }: PageModel): HTMLElement {
  const values = residuals.flat();
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const span = high > low ? high - low : 1;
  const x = (value: number): number => MARGIN + ((value - low) / span) * (WIDTH - 2 * MARGIN);
  const y = (value: number): number => HEIGHT - MARGIN - ((value - low) / span) * (HEIGHT - 2 * MARGIN);
  const dots = residuals.map(([truth, answer]) => svgElement('circle', { cx: x(truth), cy: y(answer), r: 2.5 }));
  const line = svgElement('line', { x1: x(low), y1: y(low), x2: x(high), y2: y(high) });
  const label = (text: string, at: Readonly<Record<string, string | number>>): SVGElement => svgElement('text', at, text);
  const short = (value: number): string => String(Number(value.toPrecision(3)));
  const plot = svgElement(
    'svg',
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', class: 'residuals', 'aria-label': 'Answers against truth' },
    line,
    ...dots,
    label(short(low), { x: x(low), y: HEIGHT - 24, 'text-anchor': 'middle' }),
    label(short(high), { x: x(high), y: HEIGHT - 24, 'text-anchor': 'middle' }),
    label('truth', { x: WIDTH / 2, y: HEIGHT - 6, 'text-anchor': 'middle' }),
    label('answer', { x: 4, y: HEIGHT / 2 }),
  );
  return element('section', {}, element('h2', {}, 'Answers against truth'), plot);
}
