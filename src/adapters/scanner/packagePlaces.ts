import { statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Where the modules of a folder's own package are, absolute: `src`, then the folder; none where nothing describes a package. Its scripts find
 * them there wherever they lie, once it is installed for work on it.
 */
export function packagePlaces(folder: string): readonly string[] {
  const described = ['pyproject.toml', 'setup.py', 'setup.cfg'].some((name) =>
    statSync(join(folder, name), { throwIfNoEntry: false })?.isFile(),
  );
  return described ? [join(folder, 'src'), folder] : [];
}
