import { join } from 'node:path';
import type { ImageRecipe } from '../core/images/ImageRecipe.ts';
import { recipeFor } from '../core/images/recipeFor.ts';
import { recipeForDockerfile } from '../core/images/recipeForDockerfile.ts';
import { recipeForImage } from '../core/images/recipeForImage.ts';
import { codeFolders, type FoundPackages } from './findOwnPackages.ts';
import type { HonePorts } from '../core/ports/HonePorts.ts';
import type { LocatedScript } from './locateScript.ts';

/**
 * The image that a script trains in: the project's own, where hone.yaml names an image or a Dockerfile, else one for its framework
 * and its packages.
 * @param folder absolute path that the script's path is relative to
 */
export async function chooseImage(
  ports: HonePorts,
  folder: string,
  located: LocatedScript,
  packages: FoundPackages,
): Promise<ImageRecipe> {
  const { project } = ports;
  const { root, configuration } = located;
  const own = configuration.image;
  if (own !== undefined && (await project.kindOf(join(root, own))) === 'file') {
    return recipeForDockerfile({ ...(await project.readDockerfile(join(root, own))), hash: project.hash });
  }
  if (own !== undefined) return recipeForImage(own);
  return frameworkRecipe(ports, folder, located, packages, null);
}

/**
 * What a script needs installed, whatever hone.yaml says of images.
 * @param python the Python that there is, `3.11`; null where it can be chosen
 */
export async function frameworkRecipe(
  ports: HonePorts,
  folder: string,
  located: LocatedScript,
  packages: FoundPackages,
  python: string | null,
): Promise<ImageRecipe> {
  const { project } = ports;
  const { script, root, configuration } = located;
  const ownCode = [...codeFolders(folder, located), ...packages.searchPaths.map((path) => join(root, path))];
  const { gpus = 'none' } = configuration;
  return recipeFor({
    gpus: gpus !== 'none',
    python,
    framework: script.framework,
    imports: script.imports,
    needs: script.needs,
    localModules: await project.localModules([...new Set(ownCode)]),
    projectFiles: packages.files,
    installed: await ports.readInstalled([...new Set([root, folder])], configuration.python ?? null),
    settings: ports.imageSettings(),
    sources: await project.imageSources(),
    hash: project.hash,
  });
}
