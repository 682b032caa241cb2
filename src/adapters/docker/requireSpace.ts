import type Docker from 'dockerode';
import { hostname } from 'node:os';
import { HoneError } from '../../base/HoneError.ts';
import type { ImageRecipe } from '../../core/images/ImageRecipe.ts';
import { imageReference } from '../../core/images/imageReference.ts';
import { freeBytes } from '../files/freeBytes.ts';

/** An image on the disk for what it downloads: measured on those of Hone in November 2026, 4.1 to 4.5. */
const UNPACKED = 4.5;
const SPARE_BYTES = 1e9;

/**
 * Refuses a build that will not fit, where the engine's disk is one of this machine's; elsewhere nobody can tell. Throws HoneError `disk-full`.
 */
export async function requireSpace(docker: Docker, recipe: ImageRecipe): Promise<void> {
  const { DockerRootDir, Name } = (await docker.info()) as { readonly DockerRootDir?: string; readonly Name?: string };
  if (process.platform !== 'linux' || DockerRootDir === undefined || Name !== hostname()) return;
  const free = await freeBytes(DockerRootDir);
  const needed = recipe.downloadBytes * UNPACKED + SPARE_BYTES;
  if (free === null || free >= needed) return;
  const [has, wants] = [free, needed].map((bytes) => `${(bytes / 1e9).toFixed(1)} GB`);
  throw new HoneError(
    'disk-full',
    `${imageReference(recipe)} needs about ${wants} on Docker's disk (${DockerRootDir}), where ${has} are free.`,
    {
      next: '`hone clean` shows what can go; docker system df shows what others keep there.',
    },
  );
}
