import { DEFAULT_BASE_IMAGE } from './imageCatalog.ts';
import type { ImageSettings } from './ImageSettings.ts';

/** What images are based on where a project asks for no other Python. */
export function defaultBaseImage({ baseImage, registryMirror }: ImageSettings): string {
  return baseImage ?? mirrored(registryMirror, DEFAULT_BASE_IMAGE);
}

/** An image's name as a registry mirror has it. */
export function mirrored(mirror: string | null, image: string): string {
  return mirror === null ? image : `${mirror.replace(/\/+$/, '')}/${image}`;
}
