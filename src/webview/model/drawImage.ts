import type { PageForm } from '../../protocol/modelMessages.ts';
import { element } from '../element.ts';

export type ImageForm = Extract<PageForm, { kind: 'image' }>;

/** Paints numbers as an image, one pixel each, into a canvas of the image's own size. */
export function paintImage(canvas: HTMLCanvasElement, form: ImageForm, input: readonly number[]): void {
  const { width, height, channels, low, high } = form;
  const context = canvas.getContext('2d');
  if (context === null) return;
  const image = context.createImageData(width, height);
  const level = (value: number): number => ((value - low) / (high - low)) * 255;
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    for (let part = 0; part < 3; part += 1) {
      image.data[pixel * 4 + part] = level(input[pixel * channels + (channels < 3 ? 0 : part)] ?? low);
    }
    image.data[pixel * 4 + 3] = channels === 4 ? level(input[pixel * 4 + 3] ?? high) : 255;
  }
  context.putImageData(image, 0, 0);
}

/** A picture of an input, for whoever sees it; `label` is for whoever does not. */
export function imageOf(form: ImageForm, input: readonly number[], label: string): HTMLCanvasElement {
  const canvas = element('canvas', {
    width: String(form.width),
    height: String(form.height),
    role: 'img',
    'aria-label': label,
    class: 'example',
  });
  paintImage(canvas, form, input);
  return canvas;
}
