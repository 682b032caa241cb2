import { readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Module } from '../../core/python/Ast.ts';
import { decodeSource } from '../../core/python/decodeSource.ts';
import { parseData } from '../../core/python/parseData.ts';
import type { ResolveData, ResolveModule } from '../../core/python/flow/Interpreter.ts';
import type { ParseSyntax } from '../../core/python/parseSyntax.ts';
import { readModule } from '../../core/python/readModule.ts';
import { isLibrary } from '../../core/scan/mentionsLibrary.ts';
import { packagePlaces } from './packagePlaces.ts';

const MAX_MODULES = 40;
const MAX_BYTES = 1_000_000;
const MAX_CACHED = 200;

/** Is told each file that a script brings along, by the path that is shown. */
type OnRead = (path: string) => void;

/** Reads the modules of the folder that scripts import; a file that has not changed is parsed once. */
export class ModuleLoader {
  readonly #parse: ParseSyntax;
  readonly #cache = new Map<string, { readonly stamp: string; readonly module: Module | null }>();

  constructor(parse: ParseSyntax) {
    this.#parse = parse;
  }

  /** Resolves imports as Python does for a script: beside the script first, then in the folder's own package, and relative to the importing file for dots. */
  resolverFor(script: string, folder: string, isOverdue: () => boolean, onRead: OnRead = () => {}): ResolveModule {
    const loaded = new Set<string>();
    const places = packagePlaces(folder);
    return (name, level, from) => {
      if (level === 0 && (name === '' || isLibrary(name.split('.')[0] ?? ''))) return null;
      const importer = isAbsolute(from) ? from : resolve(folder, from);
      const bases =
        level === 0
          ? [dirname(script), ...places]
          : [resolve(dirname(importer), ...Array.from({ length: level - 1 }, () => '..'))];
      const path = findFirst(bases.map((base) => join(base, ...name.split('.'))));
      if (path === null || path === script || isOverdue()) return null;
      loaded.add(path);
      onRead(displayPath(path, folder));
      return loaded.size > MAX_MODULES ? null : this.#load(path, displayPath(path, folder), isOverdue);
    };
  }

  /** Resolves the paths of settings files: beside the script, beside the file that reads it, then from the folder. */
  dataResolverFor(script: string, folder: string, onRead: OnRead = () => {}): ResolveData {
    return (path, from) => {
      if (isAbsolute(path)) return null;
      const importer = isAbsolute(from) ? from : resolve(folder, from);
      const places = [dirname(script), dirname(importer), folder].map((base) => resolve(base, path));
      const found = places.find((place) => isWithin(folder, place) && statSync(place, { throwIfNoEntry: false })?.isFile());
      if (found === undefined || (statSync(found).size ?? 0) > MAX_BYTES) return null;
      onRead(displayPath(found, folder));
      return parseData(displayPath(found, folder), decodeSource(readFileSync(found)).text);
    };
  }

  #load(path: string, name: string, isOverdue: () => boolean): Module | null {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined || stats.size > MAX_BYTES) return null;
    const stamp = `${stats.size}:${stats.mtimeMs}`;
    const cached = this.#cache.get(path);
    if (cached?.stamp === stamp) return cached.module;
    const read = readModule(name, decodeSource(readFileSync(path)).text, this.#parse, isOverdue);
    const module = 'module' in read ? read.module : null;
    this.#cache.set(path, { stamp, module });
    const [oldest] = this.#cache.keys();
    if (this.#cache.size > MAX_CACHED && oldest !== undefined) this.#cache.delete(oldest);
    return module;
  }
}

function isWithin(folder: string, path: string): boolean {
  const inner = relative(folder, path);
  return !inner.startsWith('..') && !isAbsolute(inner);
}

/** Relative to the folder with `/`; absolute where it lies outside. */
export function displayPath(path: string, folder: string): string {
  const inner = relative(folder, path);
  return inner === '' || inner.startsWith('..') || isAbsolute(inner) ? path : inner.split(sep).join('/');
}

function findFirst(paths: readonly string[]): string | null {
  for (const path of paths) {
    const found = findModule(path);
    if (found !== null) return found;
  }
  return null;
}

/** The file that a module's path stands for: `a/b.py` or `a/b/__init__.py`; null where there is none. */
export function findModule(path: string): string | null {
  for (const candidate of [`${path}.py`, join(path, '__init__.py')]) {
    if (statSync(candidate, { throwIfNoEntry: false })?.isFile()) return candidate;
  }
  return null;
}
