import { lstat, mkdir, mkdtemp, readlink, realpath, rm, stat, symlink } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { SimpleGit } from 'simple-git';
import type { Checkout } from '../../core/ports/RemoteRepository.ts';
import { isInside } from '../files/isInside.ts';
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

/** A commit in a work tree of its own below `directory`, with links to the data of the open folder that git does not keep. */
export async function checkOut(git: SimpleGit, { folder, directory, commit, known }: CheckoutRequest): Promise<Checkout> {
  const prefix = (await git.raw(['rev-parse', '--show-prefix'])).trim();
  const linkOthers = async (tree: string): Promise<Checkout> => {
    const others = (await git.raw(['ls-files', '--others', '--directory', '-z', '--', '.'])).split('\0');
    return { tree, data: await shownPlaces(folder, await linkData(folder, tree, await untrackedData(folder, others))) };
  };
  if (known !== null && (await isCheckedOut(git, directory, known, commit))) return linkOthers(known);
  await mkdir(directory, { recursive: true });
  const place = await mkdtemp(join(await realpath(directory), `${commit.slice(0, 7)}-`));
  try {
    await git.raw(['worktree', 'add', '--quiet', '--detach', join(place, 'tree'), commit]);
    const tree = join(place, 'tree', ...prefix.split('/').filter((part) => part !== ''));
    await mkdir(tree, { recursive: true }); // The commit may have nothing there.
    return await linkOthers(tree);
  } catch (error) {
    await removeTree(git, join(place, 'tree'));
    throw error;
  }
}

/** Removes work trees below `directory`: those that ended, and strays. */
export async function tidy(
  git: SimpleGit,
  directory: string,
  { ended, needed }: { readonly ended: readonly string[]; readonly needed: readonly string[] },
): Promise<void> {
  const own = await realpath(directory).catch(() => null);
  if (own === null) return;
  const listed = (await git.raw(['worktree', 'list', '--porcelain', '-z']))
    .split('\0')
    .filter((line) => line.startsWith('worktree '));
  for (const path of listed.map((line) => join(line.slice('worktree '.length)))) {
    if (!isInside(own, path) || needed.some((tree) => isInside(path, tree))) continue;
    const age = await stat(path).then(
      ({ birthtimeMs }) => Date.now() - birthtimeMs,
      () => Infinity,
    );
    if (ended.some((tree) => isInside(path, tree)) || age > YOUNG_MS) await removeTree(git, path);
  }
}

/** Whether a path is in a work tree of ours that holds the commit: it was read from a file. */
async function isCheckedOut(git: SimpleGit, directory: string, tree: string, commit: string): Promise<boolean> {
  const own = await realpath(directory).catch(() => null);
  if (own === null || !isInside(own, tree)) return false;
  const listed = (await git.raw(['worktree', 'list', '--porcelain', '-z'])).split('\0\0');
  return listed.some((entry) => {
    const [place = '', head = ''] = entry.split('\0');
    return head === `HEAD ${commit}` && isInside(join(place.slice('worktree '.length)), tree);
  });
}

async function removeTree(git: SimpleGit, tree: string): Promise<void> {
  await git.raw(['worktree', 'remove', '--force', '--force', tree]).catch(() => {}); // Its folder may never have been made.
  await rm(dirname(tree), { recursive: true, force: true, maxRetries: 3 });
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
  const byFolder = Map.groupBy(linked, (path) => dirname(path));
  const places = [...byFolder].flatMap(([parent, paths]) => (parent !== '.' && paths.length > MOST_LINKS ? [parent] : paths));
  const real = await Promise.all(places.map((path) => realpath(join(folder, path))));
  return [...new Set(real)].filter((path) => relative(folder, path).split(sep)[0] !== '');
}
