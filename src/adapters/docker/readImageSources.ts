import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ContextFile } from '../../core/images/ImageRecipe.ts';
import type { ImageName, ImageSources } from '../../core/images/ImageSources.ts';

/** Reads what images are built from out of the folder that holds `images/` and `runner/`. */
export async function readImageSources(dockerDirectory: string): Promise<ImageSources> {
  const images = join(dockerDirectory, 'images');
  const [dockerfile, requirements, older, runner, compatibility] = await Promise.all([
    readFile(join(images, 'Dockerfile'), 'utf8'),
    readEach(images, 'requirements.txt'),
    readEach(images, 'older.txt'),
    readPackage(join(dockerDirectory, 'runner'), 'hone_runner'),
    readPackage(join(dockerDirectory, 'compatibility'), 'hone_compatibility'),
  ]);
  return { dockerfile, requirements, older, runner, compatibility };
}

async function readEach(images: string, file: string): Promise<Readonly<Record<ImageName, string>>> {
  const read = (name: ImageName): Promise<string> => readFile(join(images, name, file), 'utf8');
  const [sklearn, keras, pytorch, boosting] = await Promise.all([
    read('sklearn'),
    read('keras'),
    read('pytorch'),
    read('boosting'),
  ]);
  return { sklearn, keras, pytorch, boosting };
}

async function readPackage(directory: string, name: string): Promise<readonly ContextFile[]> {
  const files = await readdir(join(directory, name), { recursive: true });
  const modules = files.map((file) => `${name}/${file.replaceAll('\\', '/')}`).filter((path) => path.endsWith('.py'));
  return Promise.all(modules.sort().map(async (path) => ({ path, text: await readFile(join(directory, path), 'utf8') })));
}
