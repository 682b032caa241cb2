import { HoneError } from '../base/HoneError.ts';
import type { ImageRecipe } from '../core/images/ImageRecipe.ts';
import { relaxRecipe } from '../core/images/relaxRecipe.ts';
import type { Progress } from '../core/ports/Runtime.ts';

/** First to a range, then to any release; some projects have more than one pin that is gone. */
const MAX_ATTEMPTS = 4;

/**
 * Builds a recipe; where pip cannot install what the project pins, that is relaxed and the build is repeated. The build is told what was relaxed
 * so far. Throws what it throws, of the first attempt where relaxing did not help.
 */
export async function buildTolerantly<T>(
  recipe: ImageRecipe,
  build: (recipe: ImageRecipe, notes: readonly string[]) => Promise<T>,
  onProgress: (progress: Progress) => void,
): Promise<T> {
  let current = recipe;
  let first: unknown = null;
  const notes: string[] = [];
  for (let attempt = 1; ; attempt++) {
    try {
      return await build(current, notes);
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
