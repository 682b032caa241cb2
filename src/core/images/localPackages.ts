import type { ContextFile } from './ImageRecipe.ts';
import { parseRequirements } from './parseRequirements.ts';
import { parseToml, valueAt } from './parseToml.ts';
import { normalizePackageName } from './Requirement.ts';
import { resolvePath } from './resolvePath.ts';

/** A package whose code is the project's own, and is installed from its folder. */
export interface LocalPackage {
  /** Its folder relative to the root, with `/`; '' is the root. One that starts with `..` is not in the project. */
  readonly path: string;
  /** As the file says it: `-e ./pkg`. */
  readonly text: string;
}

/** The packages that a file installs from folders: `-e .`, `./pkg`, and `path` in uv's and Poetry's tables. */
export function localPackages(file: ContextFile): readonly LocalPackage[] {
  if (file.path.endsWith('pyproject.toml'))
    return Object.values(sourcesOf(file)).map((path) => ({ path: resolvePath(file.path, path), text: path }));
  if (!/\.(?:txt|in)$/.test(file.path)) return [];
  return parseRequirements(file.text).flatMap(({ text }) => {
    const path = localPathOf(text);
    return path === null ? [] : [{ path: resolvePath(file.path, path), text }];
  });
}

/** The folder that a line of a requirements file installs; null for any other line, and for one that names a file. */
export function localPathOf(text: string): string | null {
  const named = /^(?:(?:-e|--editable)[=\s]\s*(?!git\+|\w+:\/\/)|(?=\.{1,2}(?:[\\/]|$)))(?:file:)?([^\s;[#]+)/.exec(text)?.[1];
  return named === undefined || /^(?:[/\\~]|\w:)|\.(?:whl|zip|tar\.gz)$/.test(named) ? null : named;
}

/** Names of the packages that uv and Poetry take from a folder: the index may hold strangers of that name. */
export function locallySourced(file: ContextFile): ReadonlySet<string> {
  return new Set(Object.keys(sourcesOf(file)).map(normalizePackageName));
}

function sourcesOf(file: ContextFile): Readonly<Record<string, string>> {
  const data = parseToml(file);
  const tables = [valueAt(data, 'tool', 'uv', 'sources'), valueAt(data, 'tool', 'poetry', 'dependencies')];
  const entries = tables.flatMap((table) => (typeof table === 'object' && table !== null ? Object.entries(table) : []));
  return Object.fromEntries(
    entries.flatMap(([name, source]: [string, unknown]) => {
      const path = valueAt(source, 'path');
      return typeof path === 'string' ? [[name, path]] : [];
    }),
  );
}
