import { encode } from 'fast-png';
import type { ChartLayout } from './ChartLayout.ts';

type Colour = readonly [number, number, number];

interface Pen {
  readonly colour: Colour;
  /** Pixels. */
  readonly width: number;
}

/** A place in the picture, pixels from its upper left corner. */
type Place = readonly [x: number, y: number];

/** Twice what it is shown at, so that it is sharp on screens of today. */
export const CHART_WIDTH = 1080;
export const CHART_HEIGHT = 360;

const MARGIN = 14;
const GRID: Pen = { colour: [222, 226, 230], width: 2 };
const TARGET: Pen = { colour: [110, 118, 129], width: 3 };
const LINE: Pen = { colour: [11, 102, 195], width: 5 };
const DOT: Pen = { colour: [11, 102, 195], width: 13 };
const DASH = 18;

/** A chart as a PNG for programs that show no SVG. It holds no text: what its edges mean stands beside it. */
export function drawChart({ dots, line, stepped, target, grid, first, last }: ChartLayout): Uint8Array {
  const canvas = new Canvas(CHART_WIDTH, CHART_HEIGHT);
  const [low, high] = [grid[0] ?? 0, grid.at(-1) ?? 1];
  const place = (at: number, value: number): Place => [
    MARGIN + ((at - first) / (last - first || 1)) * (CHART_WIDTH - 2 * MARGIN),
    MARGIN + ((high - value) / (high - low || 1)) * (CHART_HEIGHT - 2 * MARGIN),
  ];
  for (const value of grid) canvas.stroke(place(first, value), place(last, value), GRID);
  if (target !== null) dash(canvas, place(first, target), place(last, target));
  for (const [index, { at, value }] of line.entries()) {
    const before = line[index - 1];
    if (before === undefined) continue;
    const corner = stepped ? place(at, before.value) : place(before.at, before.value);
    if (stepped) canvas.stroke(place(before.at, before.value), corner, LINE);
    canvas.stroke(corner, place(at, value), LINE);
  }
  for (const { at, value } of dots) canvas.stroke(place(at, value), place(at, value), DOT);
  return encode({ width: CHART_WIDTH, height: CHART_HEIGHT, data: canvas.pixels, channels: 3, depth: 8 });
}

function dash(canvas: Canvas, [from, y]: Place, [to]: Place): void {
  for (let x = from; x < to; x += 2 * DASH) canvas.stroke([x, y], [Math.min(x + DASH, to), y], TARGET);
}

/** White paper to draw round-ended lines on. */
class Canvas {
  readonly pixels: Uint8Array;
  readonly #width: number;
  readonly #height: number;

  constructor(width: number, height: number) {
    this.#width = width;
    this.#height = height;
    this.pixels = new Uint8Array(width * height * 3).fill(255);
  }

  /** A line from place to place; a round dot where they are the same. Its edge is smoothed over one pixel. */
  stroke(from: Place, to: Place, { colour, width }: Pen): void {
    const reach = width / 2 + 1;
    const [left, right] = [Math.min(from[0], to[0]) - reach, Math.max(from[0], to[0]) + reach];
    const [top, bottom] = [Math.min(from[1], to[1]) - reach, Math.max(from[1], to[1]) + reach];
    for (let y = Math.max(0, Math.floor(top)); y <= Math.min(this.#height - 1, bottom); y++) {
      for (let x = Math.max(0, Math.floor(left)); x <= Math.min(this.#width - 1, right); x++) {
        this.#blend(x, y, colour, Math.min(1, width / 2 + 0.5 - distance([x, y], from, to)));
      }
    }
  }

  #blend(x: number, y: number, colour: Colour, share: number): void {
    if (share <= 0) return;
    const start = (y * this.#width + x) * 3;
    for (const [channel, value] of colour.entries()) {
      const before = this.pixels[start + channel] ?? 0;
      this.pixels[start + channel] = Math.round(before + (value - before) * share);
    }
  }
}

/** From a place to the nearest one of a line. */
function distance([x, y]: Place, [x1, y1]: Place, [x2, y2]: Place): number {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / length));
  return Math.hypot(x - x1 - share * dx, y - y1 - share * dy);
}
