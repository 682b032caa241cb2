import { HoneError } from '../../base/HoneError.ts';
import type { ImageRecipe } from './ImageRecipe.ts';

/**
 * The recipe of a user's own image: it is pulled where it is absent, never built, and the runner is brought along. Throws HoneError
 * `configuration` where the reference is none.
 */
export function recipeForImage(reference: string): ImageRecipe {
  const match =
    /^([a-z0-9]+(?:[._-]+[a-z0-9]+)*(?::\d+)?(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*)(?::([\w][\w.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$/.exec(
      reference,
    );
  const repository = match?.[1];
  if (match === null || repository === undefined) {
    throw new HoneError('configuration', `"${reference}" is not the name of an image.`, {
      next: 'Write it as docker pull takes it, for example tensorflow/tensorflow:2.21.0.',
    });
  }
  return {
    repository,
    tag: match[3] ?? match[2] ?? 'latest',
    builds: false,
    runner: 'mounted',
    files: [],
    buildArguments: {},
    downloadBytes: 0,
    buildSeconds: 0,
    contents: [],
    notes: [],
  };
}
