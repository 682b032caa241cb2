import type { ImageRecipe } from './ImageRecipe.ts';

/** The name by which an engine knows a recipe's image: `hone/keras:3f2a1b9c4d5e`, or `name@sha256:…` for a digest. */
export function imageReference(recipe: ImageRecipe): string {
  return `${recipe.repository}${recipe.tag.startsWith('sha256:') ? '@' : ':'}${recipe.tag}`;
}
