import type { ImageForm } from './drawImage.ts';

/** The pixels of a picture as the numbers of an input: scaled to its size, grey where it has one channel. Null where it cannot be read. */
export async function readPicture(file: Blob, { width, height, channels, low, high }: ImageForm): Promise<number[] | null> {
  const bitmap = await createImageBitmap(file).catch(() => null);
  const context = new OffscreenCanvas(width, height).getContext('2d');
  if (bitmap === null || context === null) return null;
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  const { data } = context.getImageData(0, 0, width, height);
  const part = (pixel: number, channel: number): number => {
    const at = pixel * 4;
    // The eye's weights of red, green and blue (ITU-R BT.601).
    if (channels === 1) return 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0);
    return data[at + channel] ?? 0;
  };
  return Array.from({ length: width * height * channels }, (_, index) => {
    const level = part(Math.floor(index / channels), index % channels) / 255;
    return low + level * (high - low);
  });
}
