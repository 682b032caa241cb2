import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Pack } from 'tar-stream';
import type { ImageRecipe } from '../../core/images/ImageRecipe.ts';
import { packArchive } from './packArchive.ts';

/**
 * A recipe's build context as a tar stream, with the wheel folder's wheels in `wheels/`; folders that may be empty are there. Times and
 * owners are fixed, so that equal contexts hit the cache.
 */
export function packBuildContext(recipe: ImageRecipe, wheels: string | null): Readable {
  return packArchive((archive) => writeContext(archive, recipe, wheels));
}

const fixed = { mode: 0o644, uid: 0, gid: 0, mtime: new Date(0) };

async function writeContext(archive: Pack, recipe: ImageRecipe, wheels: string | null): Promise<void> {
  for (const { path, text } of recipe.files) archive.entry({ ...fixed, name: path }, text);
  for (const name of ['wheels', 'compatibility']) archive.entry({ ...fixed, name, type: 'directory', mode: 0o755 });
  if (wheels === null) return;
  for (const name of (await readdir(wheels)).filter((file) => /\.(?:whl|tar\.gz|zip)$/.test(file)).sort()) {
    const file = join(wheels, name);
    const { size } = await stat(file);
    await pipeline(createReadStream(file), archive.entry({ ...fixed, name: `wheels/${name}`, size }));
  }
}
