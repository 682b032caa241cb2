import type Docker from 'dockerode';
import { HoneError } from '../../base/HoneError.ts';
import type { ImageRecipe } from '../../core/images/ImageRecipe.ts';
import type { ImageSettings } from '../../core/images/ImageSettings.ts';
import { relaxRecipe } from '../../core/images/relaxRecipe.ts';
import type { Progress } from '../../core/ports/Runtime.ts';
import { buildImage } from './buildImage.ts';

/** First to a range, then to any release; some projects have more than one pin that is gone. */
const MAX_ATTEMPTS = 4;

/**
 * Builds a recipe's image; where pip cannot install what the project pins, that is relaxed and the build is repeated. The notes on it are in the
 * image's label `hone.notes`, as JSON. Throws what buildImage throws, of the first attempt where relaxing did not help.
 */
export async function buildTolerantly(
  docker: Docker,
  recipe: ImageRecipe,
  settings: ImageSettings,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<void> {
  let current = recipe;
  let first: unknown = null;
  const notes: string[] = [];
  for (let attempt = 1; ; attempt++) {
    try {
      return await buildImage(docker, current, settings, notes, onProgress, signal);
    } catch (error) {
      first ??= error;
      if (!(error instanceof HoneError) || error.code !== 'image-build') throw error;
      const relaxed = attempt < MAX_ATTEMPTS ? relaxRecipe(current, String(error.cause)) : null;
      if (relaxed === null) throw first;
      current = relaxed.recipe;
      notes.push(...relaxed.notes);
      for (const text of relaxed.notes) onProgress({ text, fraction: null });
    }
  }
}
