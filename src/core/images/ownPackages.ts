import type { ContextFile } from './ImageRecipe.ts';
import { localPackages } from './localPackages.ts';
import { parseToml, valueAt } from './parseToml.ts';

/** Where the project's own packages are: what would be installed from folders is imported from its code instead. */
export interface OwnPackages {
  /** Folders relative to the root, with `/`, each with the places in it where modules may be, the likeliest first. */
  readonly folders: readonly { readonly path: string; readonly places: readonly string[] }[];
  /** What cannot be imported that way, a sentence each. */
  readonly notes: readonly string[];
}

/** The packages that a project's files describe or install from folders. Throws HoneError `configuration` where a TOML file cannot be read. */
export function ownPackages(files: readonly ContextFile[]): OwnPackages {
  const notes: string[] = [];
  const described = new Map<string, ContextFile>();
  for (const file of files.filter(describesPackage)) {
    const folder = folderOf(file);
    if (!described.has(folder)) described.set(folder, file);
    if (isCompiled(file))
      notes.push(
        `The package in ${folder === '' ? 'this folder' : folder} is compiled when it is installed, which Hone does not do: build a wheel of it and name its folder in hone.images.wheels.`,
      );
  }
  for (const file of files) {
    for (const { path, text } of localPackages(file)) {
      if (path.startsWith('..'))
        notes.push(`${file.path} installs "${text}", which lies outside the folder: open the folder above both.`);
      else if (!described.has(path))
        notes.push(`${file.path} installs "${text}", which has no pyproject.toml, setup.cfg or setup.py.`);
    }
  }
  const folders = [...described].map(([path, file]) => ({ path, places: placesIn(path, file) }));
  return { folders, notes: [...new Set(notes)] };
}

function describesPackage(file: ContextFile): boolean {
  if (/(?:^|\/)setup\.(?:py|cfg)$/.test(file.path)) return /\bsetup\s*\(|^\[(?:metadata|options)\]/m.test(file.text);
  if (!/(?:^|\/)pyproject\.toml$/.test(file.path)) return false;
  const data = parseToml(file);
  return (
    ['build-system', 'project'].some((key) => valueAt(data, key) !== undefined) ||
    valueAt(data, 'tool', 'poetry', 'name') !== undefined
  );
}

function isCompiled({ path, text }: ContextFile): boolean {
  return path.endsWith('.toml')
    ? /^\s*build-backend\s*=\s*["'](?:maturin|scikit_build_core|mesonpy)/m.test(text)
    : /\bext_modules\s*=|\bcythonize\s*\(/.test(text);
}

/** A place that the file names, else `src`, else the folder itself, as setuptools looks for them. */
function placesIn(folder: string, { text }: ContextFile): readonly string[] {
  const named =
    /\bwhere\s*=\s*\[?\s*["']?([\w./-]+)/.exec(text)?.[1] ??
    /\bpackage[-_]dir\s*=\s*\{?\s*(?:["']{2}|)\s*[:=]\s*["']?([\w./-]+)/.exec(text)?.[1];
  const places = [...(named === undefined || named.includes('..') ? [] : [named]), 'src', ''];
  return places.map((place) => [folder, place].filter((part) => part !== '' && part !== '.').join('/'));
}

function folderOf({ path }: ContextFile): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}
