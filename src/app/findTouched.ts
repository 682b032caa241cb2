import { dirname, join, posix, resolve } from 'node:path';
import type { Script } from '../core/scan/Script.ts';
import { configurationFor, type ScriptConfiguration } from '../core/study/Configuration.ts';
import { nearestConfiguration, relativePath } from './locateScript.ts';
import type { HonePorts } from '../core/ports/HonePorts.ts';

/** Files that say what a script runs with, wherever they lie between it and the top. */
const ENVIRONMENT =
  /(^|\/)(?:hone\.ya?ml|requirements[^/]*\.txt|pyproject\.toml|environment\.ya?ml|Pipfile(?:\.lock)?|setup\.(?:py|cfg))$/u;

/**
 * The scripts that train in a folder, and that changed files touch: their own text, modules that they import, settings that they load, data that they
 * name, what they run with. Reads, never runs.
 * @param paths relative to the folder, with `/`; files that are gone too
 * @returns paths of scripts relative to the folder, sorted
 */
export async function findTouched(
  { scanner, project }: Pick<HonePorts, 'scanner' | 'project'>,
  folder: string,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (paths.length === 0) return [];
  const touched: string[] = [];
  for await (const script of scanner.scan({ folder }, signal)) {
    if (!script.trains || !script.runsDirectly) continue;
    const own = await nearestConfiguration(project, folder, dirname(join(folder, script.path)));
    const read = own === null ? {} : await project.readConfiguration(own).catch(() => ({}));
    const root = own ?? folder;
    const named = 'script' in read && typeof read.script === 'string' ? resolve(root, read.script) : null;
    if (named !== null && named !== join(folder, script.path)) continue; // hone.yaml says which one is meant.
    const configuration = configurationFor(read, relativePath(root, join(folder, script.path)));
    const { isTouched } = new Dependencies(script, relativePath(folder, root), configuration);
    if (paths.some(isTouched)) touched.push(script.path);
  }
  return touched.sort();
}

/** What one script depends on, by paths relative to the folder. */
class Dependencies {
  readonly #files: ReadonlySet<string>;
  readonly #imports: ReadonlySet<string>;
  readonly #data: readonly string[];
  readonly #places: readonly string[];

  /** @param root of its snapshot, relative to the folder */
  constructor({ path, files, imports, paths }: Script, root: string, { data = [], tweak, image, cwd = '' }: ScriptConfiguration) {
    this.#places = [...new Set([posix.dirname(path), root === '' ? '.' : root, posix.join(root, cwd), '.'])];
    this.#imports = new Set(imports);
    const inRoot = [tweak, image].flatMap((name) => (name === undefined ? [] : [posix.join(root, name)]));
    this.#files = new Set([...files, ...inRoot]);
    const named = [...paths, ...[data].flat()].map((text) => text.replaceAll('\\', '/').replace(/\/+$/u, ''));
    this.#data = named
      .filter((text) => text !== '' && text !== '.')
      .flatMap((text) => this.#places.map((place) => posix.join(place, text)))
      .filter((text) => text !== '.' && !text.startsWith('..'));
  }

  readonly isTouched = (path: string): boolean =>
    this.#files.has(path) ||
    this.#data.some((data) => path === data || path.startsWith(`${data}/`)) ||
    this.#isImported(path) ||
    this.#isOfEnvironment(path);

  /** A module that is gone can only be known by its name. */
  #isImported(path: string): boolean {
    if (!path.endsWith('.py')) return false;
    return this.#places.some((place) => {
      const inner = place === '.' ? path : path.startsWith(`${place}/`) ? path.slice(place.length + 1) : null;
      const top = inner?.split('/')[0]?.replace(/\.py$/u, '');
      return top !== undefined && this.#imports.has(top);
    });
  }

  #isOfEnvironment(path: string): boolean {
    if (!ENVIRONMENT.test(path)) return false;
    const place = posix.dirname(path);
    return this.#places.includes(place);
  }
}
