import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ContextFile } from '../../core/images/ImageRecipe.ts';
import type { ImageName, ImageSources } from '../../core/images/ImageSources.ts';

/** Reads what images are built from out of the folder that holds `images/` and `runner/`. */
export async function readImageSources(dockerDirectory: string): Promise<ImageSources> {
  const images = join(dockerDirectory, 'images');
  const requirementsOf = (name: ImageName): Promise<string> => readFile(join(images, name, 'requirements.txt'), 'utf8');
  const [dockerfile, sklearn, keras, pytorch, boosting, runner] = await Promise.all([
    readFile(join(images, 'Dockerfile'), 'utf8'),
    requirementsOf('sklearn'),
    requirementsOf('keras'),
    requirementsOf('pytorch'),
    requirementsOf('boosting'),
    readRunner(join(dockerDirectory, 'runner')),
  ]);
  return { dockerfile, requirements: { sklearn, keras, pytorch, boosting }, runner };
}

async function readRunner(directory: string): Promise<readonly ContextFile[]> {
  const names = await readdir(join(directory, 'hone_runner'), { recursive: true });
  const modules = names.map((name) => `hone_runner/${name.replaceAll('\\', '/')}`).filter((path) => path.endsWith('.py'));
  return Promise.all(modules.sort().map(async (path) => ({ path, text: await readFile(join(directory, path), 'utf8') })));
}
