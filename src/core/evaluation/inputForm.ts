import type { Evaluation } from './Evaluation.ts';
import type { InputForm } from './ModelView.ts';

/** Columns that a person looks through. */
const MOST_COLUMNS = 200;
const MOST_PIXELS = 512 * 512;
/** Fewer pixels than this are a row of numbers that happens to be a square. */
const LEAST_SIDE = 7;

/** How a row of the inputs is shown: by its shape, and whether its columns have names. */
export function inputForm({ sample, inputs }: Evaluation): InputForm {
  const [, ...shape] = sample.inputs.shape;
  const image = imageShape(shape, sample.names !== null);
  if (image !== null) {
    const { low, high } = boundsOf(inputs);
    return { kind: 'image', ...image, low, high };
  }
  const [columns = 0] = shape;
  if (shape.length !== 1 || columns > MOST_COLUMNS) return { kind: 'other' };
  return { kind: 'row', names: sample.names ?? Array.from({ length: columns }, (_, index) => `column ${index + 1}`) };
}

function imageShape(
  shape: readonly number[],
  named: boolean,
): { readonly width: number; readonly height: number; readonly channels: number } | null {
  const [height = 0, width = 0, channels = 1] = shape;
  const fits = height >= LEAST_SIDE && width >= LEAST_SIDE && width * height <= MOST_PIXELS;
  if ((shape.length === 3 && [1, 3, 4].includes(channels)) || shape.length === 2)
    return fits ? { width, height, channels } : null;
  const side = Math.sqrt(height);
  if (shape.length !== 1 || named || !Number.isInteger(side) || side < LEAST_SIDE) return null;
  return { width: side, height: side, channels: 1 };
}

function boundsOf(values: Float32Array): { readonly low: number; readonly high: number } {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low < high ? { low, high } : { low: 0, high: 1 };
}
