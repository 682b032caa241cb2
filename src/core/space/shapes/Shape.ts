/** The sizes of a tensor's axes, channels last and without the batch; null where a size is not known. */
export type Shape = readonly (number | null)[];

/** What is known of a layer's output: `unsure` where a size might reach zero, `impossible` where it does. */
export interface Outcome {
  /** Null where not even the number of axes is known. */
  readonly shape: Shape | null;
  readonly verdict: 'fits' | 'unsure' | 'impossible';
}

/** How many numbers a tensor of a shape holds; null where that is not known. */
export function sizeOf(shape: Shape | null): number | null {
  let size = 1;
  for (const side of shape ?? [null]) {
    if (side === null) return null;
    size *= side;
  }
  return size;
}
