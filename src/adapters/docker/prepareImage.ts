import type Docker from 'dockerode';
import * as v from 'valibot';
import { HoneError } from '../../base/HoneError.ts';
import type { ImageRecipe } from '../../core/images/ImageRecipe.ts';
import { imageReference } from '../../core/images/imageReference.ts';
import type { ImageSettings } from '../../core/images/ImageSettings.ts';
import type { Environment, Progress } from '../../core/ports/Runtime.ts';
import { buildTolerantly } from '../buildTolerantly.ts';
import { buildImage } from './buildImage.ts';
import { requireSpace } from './requireSpace.ts';
import { pullImage } from './pullImage.ts';
import { engineStatus } from './translateEngineError.ts';

/** Finds a recipe's image, which costs one request, or builds or pulls it. Throws what building and pulling throw. */
export async function prepareImage(
  docker: Docker,
  recipe: ImageRecipe,
  settings: ImageSettings,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<Environment> {
  const startedAt = performance.now();
  const image = imageReference(recipe);
  const found = await inspectImage(docker, image);
  if (found !== null) return { image, ...found, built: false, seconds: secondsSince(startedAt) };
  if (recipe.builds) await requireSpace(docker, recipe);
  onProgress({ text: announcement(recipe), fraction: 0 });
  if (recipe.builds) {
    const build = (current: ImageRecipe, notes: readonly string[]): Promise<void> =>
      buildImage(docker, current, settings, notes, onProgress, signal);
    await buildTolerantly(recipe, build, onProgress);
  } else await pullImage(docker, image, onProgress, signal);
  const made = await inspectImage(docker, image);
  if (made === null)
    throw new HoneError('image-build', `The image ${image} is not there after it was made.`, { next: 'Run it again.' });
  return { image, ...made, built: recipe.builds, seconds: secondsSince(startedAt) };
}

/** What was relaxed when an image was built stays true of it. */
const notesSchema = v.pipe(v.string(), v.parseJson(), v.array(v.string()));

async function inspectImage(docker: Docker, image: string): Promise<Pick<Environment, 'digest' | 'notes'> | null> {
  try {
    const { Id: digest, Config } = await docker.getImage(image).inspect();
    const notes = v.safeParse(notesSchema, Config.Labels?.['hone.notes']);
    return { digest, notes: notes.success ? notes.output : [] };
  } catch (error) {
    if (engineStatus(error) === 404) return null;
    throw error;
  }
}

function announcement(recipe: ImageRecipe): string {
  if (!recipe.builds) return `Pulling ${imageReference(recipe)}, once`;
  if (recipe.downloadBytes === 0) return `Building ${recipe.repository} from the project's Dockerfile, once`;
  const minutes = Math.max(1, Math.round(recipe.buildSeconds / 60));
  return `Building ${recipe.repository}, once: downloads about ${Math.round(recipe.downloadBytes / 1e6)} MB and takes about ${minutes} min`;
}

function secondsSince(start: number): number {
  return (performance.now() - start) / 1000;
}
