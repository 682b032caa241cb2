import { open } from 'node:fs/promises';
import { extname } from 'node:path';

const SAMPLE_BYTES = 8000;

/** What VS Code shows although it is binary. */
const VIEWABLE = new Set([
  '.png',
  '.jpg',
  '.jpeg',
  '.jpe',
  '.gif',
  '.bmp',
  '.ico',
  '.webp',
  '.avif',
  '.svg',
  '.mp3',
  '.wav',
  '.ogg',
  '.oga',
  '.mp4',
  '.webm',
]);

/** Whether the editor has something to show for a file: text, or a picture, sound or film. */
export async function isViewable(path: string): Promise<boolean> {
  if (VIEWABLE.has(extname(path).toLowerCase())) return true;
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SAMPLE_BYTES), 0, SAMPLE_BYTES, 0);
    return !isBinary(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

/** A zero byte, as editors go by; UTF-16 has them too, and begins with a mark that says so. */
function isBinary(bytes: Uint8Array): boolean {
  const mark = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
  return bytes.includes(0) && mark !== 0xfeff && mark !== 0xfffe;
}
