import type { Family, Framework } from '../scan/Script.ts';
import type { ContextFile, ImageRecipe } from './ImageRecipe.ts';
import type { ImageSettings } from './ImageSettings.ts';
import type { ImageSources } from './ImageSources.ts';

export interface RecipeRequest {
  readonly framework: Framework;
  readonly family: Family;
  /** Top-level names of the modules that the script and its local modules import. */
  readonly imports: readonly string[];
  /** Names of the modules and packages that the project itself holds; they are never installed. */
  readonly localModules: readonly string[];
  /** The requirements.txt and pyproject.toml that apply, the script's own folder before the root. */
  readonly projectFiles: readonly ContextFile[];
  readonly settings: ImageSettings;
  readonly sources: ImageSources;
  /** SHA-256 of a UTF-8 text, in hexadecimal. */
  readonly hash: (text: string) => string;
}

/** The recipe of the image that a script trains in. */
export function recipeFor(request: RecipeRequest): ImageRecipe {
  const tag = request.hash(JSON.stringify(request.sources)).slice(0, 12);
  return { repository: 'hone/sklearn', tag, builds: true, runner: 'inside', files: [], buildArguments: {}, downloadBytes: 0, buildSeconds: 0, contents: [] };
}
