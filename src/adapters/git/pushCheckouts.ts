import { createHash } from 'node:crypto';
import { lstat, mkdir, mkdtemp, readdir, readFile, readlink, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { SimpleGit } from 'simple-git';
import { groupBy } from '../../base/groupBy.ts';
import type { Checkout } from '../../core/ports/RemoteRepository.ts';
import { isInside } from '../files/isInside.ts';
import { takePointers } from './largeFiles.ts';
import { untrackedData } from './untrackedData.ts';

/** A work tree that nobody names is taken for one that is being made for so long. */
const YOUNG_MS = 600_000;
/** More links than these in one folder, and the folder is shown as a whole. */
const MOST_LINKS = 4;

interface CheckoutRequest {
  readonly folder: string;
  /** Holds all work trees. */
  readonly directory: string;
  readonly commit: string;
  readonly known: string | null;
}

/**
 * A commit in a work tree of its own below `directory`, with links to the data of the open folder that git does not keep, or that Git LFS keeps. It is a
 * repository of its own that borrows the objects: one that is cut off half-way leaves nothing in the user's.
 */
export async function checkOut(git: SimpleGit, { folder, directory, commit, known }: CheckoutRequest): Promise<Checkout> {
  const own = await ownPlace(directory, folder);
  const prefix = (await git.raw(['rev-parse', '--show-prefix'])).trim();
  if (known !== null && (await isCheckedOut(own, known, commit))) return linkAll(git, folder, known);
  await mkdir(own, { recursive: true });
  const place = await mkdtemp(join(own, `${commit.slice(0, 7)}-`));
  try {
    const top = join(place, 'tree');
    const format = (await git.raw(['rev-parse', '--show-object-format'])).trim();
    const objects = (await git.raw(['rev-parse', '--path-format=absolute', '--git-path', 'objects'])).trim();
    await git.raw(['init', '--quiet', '--template=', `--object-format=${format}`, top]);
    await mkdir(join(top, '.git', 'objects', 'info'), { recursive: true });
    await writeFile(join(top, '.git', 'objects', 'info', 'alternates'), `${objects}\n`);
    await git.raw(['-C', top, 'checkout', '--quiet', '--detach', commit]);
    const tree = join(top, ...prefix.split('/').filter((part) => part !== ''));
    await mkdir(tree, { recursive: true }); // The commit may have nothing there.
    return await linkAll(git, folder, tree);
  } catch (error) {
    await rm(place, { recursive: true, force: true, maxRetries: 3 });
    throw error;
  }
}

async function linkAll(git: SimpleGit, folder: string, tree: string): Promise<Checkout> {
  const { replaceable, absent } = await takePointers(git, folder, tree);
  const others = (await git.raw(['ls-files', '--others', '--directory', '-z', '--', '.'])).split('\0');
  const linked = await linkData(folder, tree, [...(await untrackedData(folder, others)), ...replaceable]);
  return { tree, data: await shownPlaces(folder, linked), absent };
}

/** Removes work trees of a folder: those that ended, and strays. */
export async function tidy(
  directory: string,
  folder: string,
  { ended, needed }: { readonly ended: readonly string[]; readonly needed: readonly string[] },
): Promise<void> {
  const own = await ownPlace(directory, folder);
  for (const name of await readdir(own).catch(() => [])) {
    const place = join(own, name);
    if (needed.some((tree) => isInside(place, tree))) continue;
    const age = await stat(place).then(
      ({ birthtimeMs }) => Date.now() - birthtimeMs,
      () => Infinity,
    );
    if (!ended.some((tree) => isInside(place, tree)) && age <= YOUNG_MS) continue;
    await rm(place, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Where the work trees of a folder are. */
async function ownPlace(directory: string, folder: string): Promise<string> {
  await mkdir(directory, { recursive: true });
  const hash = createHash('sha256').update(await realpath(folder));
  return join(await realpath(directory), hash.digest('hex').slice(0, 12));
}

/** Whether a path is in a work tree of ours that holds the commit: it was read from a file. */
async function isCheckedOut(own: string, tree: string, commit: string): Promise<boolean> {
  if (!isInside(own, tree) || tree === own) return false;
  const head = join(own, relative(own, tree).split(sep)[0] ?? '', 'tree', '.git', 'HEAD');
  return (await readFile(head, 'utf8').catch(() => '')).trim() === commit;
}

/** Links to data of the open folder, where the commit has nothing of that name; the paths that were linked. */
async function linkData(folder: string, tree: string, paths: readonly string[]): Promise<readonly string[]> {
  const linked: string[] = [];
  for (const path of paths) {
    const [from, to] = [join(folder, path), join(tree, path)];
    if (!(await makeFolder(tree, dirname(to)))) continue;
    const isDirectory = (await stat(from)).isDirectory();
    // A junction needs no rights on Windows; a link to a file there may need them, and is left out without.
    const made = await symlink(from, to, isDirectory ? 'junction' : 'file').then(
      () => true,
      async () => (await readlink(to).catch(() => '')) === from,
    );
    if (made) linked.push(path);
  }
  return linked;
}

/** Makes a folder of the work tree; false where the commit has something else there, such as a link that leads away. */
async function makeFolder(tree: string, path: string): Promise<boolean> {
  for (let place = tree; ; place = join(place, relative(place, path).split(sep)[0] ?? '')) {
    const found = await lstat(place).catch(() => null);
    if (found === null) await mkdir(place);
    else if (!found.isDirectory()) return false;
    if (place === path) return true;
  }
}

/** What trials have to see of the open folder so that the links lead somewhere: the least that is not too many. */
async function shownPlaces(folder: string, linked: readonly string[]): Promise<readonly string[]> {
  const byFolder = groupBy(linked, dirname);
  const places = [...byFolder].flatMap(([parent, paths]) => (parent !== '.' && paths.length > MOST_LINKS ? [parent] : paths));
  const real = await Promise.all(places.map((path) => realpath(join(folder, path))));
  return [...new Set(real)].filter((path) => relative(folder, path).split(sep)[0] !== '');
}
