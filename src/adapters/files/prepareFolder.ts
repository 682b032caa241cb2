import { existsSync } from 'node:fs';
import { access, constants, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Makes the `.hone` of a folder, out of sight of git. Throws what the system says. */
export async function prepareFolder(folder: string): Promise<void> {
  const own = join(folder, '.hone');
  await access(folder, constants.W_OK); // On a read-only file system the next line would say that the folder is absent.
  await mkdir(join(own, 'studies'), { recursive: true });
  if (!existsSync(join(own, '.gitignore'))) await writeFile(join(own, '.gitignore'), '*\n');
}
