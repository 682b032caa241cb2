import type { Dirent } from 'node:fs';
import { lstat, readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { isInside } from './isInside.ts';

/** Never part of a snapshot: repositories, studies, environments, caches. */
const NEVER = new Set([
  '.git',
  '.hg',
  '.svn',
  '.hone',
  'node_modules',
  '__pycache__',
  '.ipynb_checkpoints',
  '.mypy_cache',
  '.pytest_cache',
  '.ruff_cache',
  '.tox',
  '.nox',
  '.eggs',
  '.vscode',
  '.idea',
  '.DS_Store',
]);
const CODE = /\.(py|pyi|pyx|pxd|ipynb)$/i;
const CONFIGURATION =
  /\.(json|jsonc|ya?ml|toml|cfg|ini|conf|txt|md|rst|in|sh|properties)$|^(Pipfile|Makefile|Dockerfile|LICENSE)$/i;
/** A larger file is data, whatever its name. */
const COPY_BYTES = 1_000_000;

/** A folder without code that holds more such files holds data: labels, texts, annotations. */
const MOST_CONFIGURATION = 100;

/** One entry of a project: a file to copy, or data to link. `path` is relative to the root, with `/`. */
export interface ProjectEntry {
  readonly path: string;
  /** `outside`: a link that leads to a place that trials do not see. */
  readonly use: 'copy' | 'link-file' | 'link-directory' | 'outside';
}

interface Branch {
  readonly entries: readonly ProjectEntry[];
  /** Whether code or configuration was found below, so that the folder cannot be linked as one. */
  readonly hasCode: boolean;
  readonly hasData: boolean;
}

/**
 * Sorts a project into what a snapshot copies (code and small configuration) and what it links (data). A folder with data and no code
 * becomes one link. Special files are left out.
 * @param root absolute path
 * @param data real paths outside the root that links may lead to
 */
export async function walkProject(root: string, data: readonly string[] = []): Promise<readonly ProjectEntry[]> {
  const places = [await realpath(root), ...data];
  return (await walk({ root, places }, '')).entries;
}

interface Project {
  readonly root: string;
  /** Where links may lead: the root and the data, by their real paths. */
  readonly places: readonly string[];
}

async function walk(project: Project, path: string): Promise<Branch> {
  const found = await readdir(join(project.root, path), { withFileTypes: true });
  if (path !== '' && isEnvironment(found)) return { entries: [], hasCode: false, hasData: false };
  const entries: ProjectEntry[] = [];
  let hasCode = false;
  let hasData = false;
  for (const item of found.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (NEVER.has(item.name)) continue;
    const own = path === '' ? item.name : `${path}/${item.name}`;
    const branch = item.isDirectory() ? await walk(project, own) : await classify(project, own, item);
    for (const entry of branch.entries) entries.push(entry);
    hasCode ||= branch.hasCode;
    hasData ||= branch.hasData;
  }
  const isData = hasData || entries.length > MOST_CONFIGURATION;
  if (path !== '' && isData && !hasCode) return { entries: [{ path, use: 'link-directory' }], hasCode, hasData: true };
  return { entries, hasCode, hasData };
}

async function classify(project: Project, path: string, item: Dirent): Promise<Branch> {
  if (item.isSymbolicLink()) return classifyLink(project, path);
  if (!item.isFile()) return { entries: [], hasCode: false, hasData: false };
  const isCode = CODE.test(item.name);
  const copies = isCode || (CONFIGURATION.test(item.name) && (await lstat(join(project.root, path))).size <= COPY_BYTES);
  return { entries: [{ path, use: copies ? 'copy' : 'link-file' }], hasCode: isCode, hasData: !copies };
}

/** A link of the user's is kept as one where it leads to the root or the data; one that leads elsewhere is told, a broken one left out. */
async function classifyLink({ root, places }: Project, path: string): Promise<Branch> {
  const target = await realpath(join(root, path)).catch(() => null);
  if (target === null) return { entries: [], hasCode: false, hasData: false };
  if (!places.some((place) => isInside(place, target)))
    return { entries: [{ path, use: 'outside' }], hasCode: false, hasData: false };
  const use = (await lstat(target)).isDirectory() ? 'link-directory' : 'link-file';
  return { entries: [{ path, use }], hasCode: false, hasData: true };
}

function isEnvironment(found: readonly Dirent[]): boolean {
  return found.some((item) => item.name === 'pyvenv.cfg' || item.name === 'conda-meta');
}
