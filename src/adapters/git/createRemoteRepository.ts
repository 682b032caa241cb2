import type { SimpleGit } from 'simple-git';
import { HoneError } from '../../base/HoneError.ts';
import type { RemoteRepository } from '../../core/ports/RemoteRepository.ts';
import type { Push, RemoteBranch } from '../../core/study/Push.ts';
import { checkAddress, checkNames } from './checkRemote.ts';
import { createGuardedGit, type GuardedGitOptions } from './createGuardedGit.ts';
import { describeGitFailure } from './describeGitFailure.ts';
import { pull, pullState } from './pullCommit.ts';
import { checkOut, tidy } from './pushCheckouts.ts';

export interface RemoteRepositoryOptions extends GuardedGitOptions {
  /** Absolute path of the folder that work trees are put in; it may not be there. */
  readonly directory: string;
}

/** Work on this machine's own disk tells nothing of its progress, and a large repository takes its time. */
const LOCAL_SILENCE_MS = 600_000;

/** The remote by the git of this machine. */
export function createRemoteRepository(options: RemoteRepositoryOptions): RemoteRepository {
  const { directory } = options;
  const inFolder = async <T>(folder: string, act: (git: SimpleGit) => Promise<T>, signal?: AbortSignal): Promise<T> => {
    const silenceMs = signal === undefined ? LOCAL_SILENCE_MS : options.silenceMs;
    try {
      return await act(await createGuardedGit(folder, { ...options, silenceMs }, signal));
    } catch (error) {
      throw describeGitFailure(error);
    }
  };
  return {
    locate: (folder, wanted) => inFolder(folder, (git) => locate(git, wanted)),
    fetch: (folder, at, signal) => inFolder(folder, (git) => fetchBranch(git, at), signal),
    compare: (folder, commit, since) => inFolder(folder, (git) => compare(git, commit, since)),
    pullState: (folder, at, commit) => inFolder(folder, (git) => pullState(git, at, commit)),
    pull: (folder, at, commit) => inFolder(folder, (git) => pull(git, at, commit)),
    checkOut: (folder, commit, known) => inFolder(folder, (git) => checkOut(git, { folder, directory, commit, known })),
    tidy: (folder, trees) => tidy(directory, folder, trees),
  };
}

async function locate(git: SimpleGit, wanted: Partial<RemoteBranch>): Promise<RemoteBranch> {
  await git.raw(['rev-parse', '--show-prefix']);
  const open = (await git.raw(['symbolic-ref', '--quiet', '--short', 'HEAD'])).trim();
  const branch = wanted.branch ?? (open === '' ? undefined : await followed(git, open, wanted.remote));
  if (branch === undefined) {
    throw new HoneError('usage', 'No branch is checked out, so none is followed.', {
      next: 'Name the one to watch: `hone poll --branch main`.',
    });
  }
  const remotes = (await git.raw(['remote'])).split('\n').filter((name) => name !== '');
  const ofBranch = open === '' ? '' : await setting(git, `branch.${open}.remote`);
  const usual = [ofBranch, 'origin', remotes[0] ?? 'origin'].find((name) => remotes.includes(name));
  const at = { remote: wanted.remote ?? usual ?? 'origin', branch };
  checkNames(at);
  if (!remotes.includes(at.remote)) {
    throw new HoneError('usage', `The repository has no remote ${at.remote}.`, {
      next: 'Add it: `git remote add NAME ADDRESS`.',
    });
  }
  checkAddress((await git.raw(['remote', 'get-url', at.remote])).trim());
  return at;
}

/** The branch of a remote that an open one follows: its own name where nothing else is set. */
async function followed(git: SimpleGit, open: string, remote: string | undefined): Promise<string> {
  if (remote !== undefined && remote !== (await setting(git, `branch.${open}.remote`))) return open;
  const merge = await setting(git, `branch.${open}.merge`);
  return merge.startsWith('refs/heads/') ? merge.slice('refs/heads/'.length) : open;
}

async function setting(git: SimpleGit, name: string): Promise<string> {
  return (await git.raw(['config', '--get', name])).trim();
}

/** Into a ref of Hone's own: neither the remote-tracking one nor FETCH_HEAD moves, so the user's own git tells what it told before. */
async function fetchBranch(git: SimpleGit, { remote, branch }: RemoteBranch): Promise<string> {
  const ref = `refs/hone/remotes/${remote}/${branch}`;
  const quietly = ['--no-tags', '--no-write-fetch-head', '--no-recurse-submodules', '--no-prune', '--refmap='];
  await git.raw(['fetch', '--progress', ...quietly, remote, `+refs/heads/${branch}:${ref}`]);
  return (await git.raw(['rev-parse', '--verify', `${ref}^{commit}`])).trim();
}

async function compare(git: SimpleGit, commit: string, since: string | null): Promise<Push> {
  const known = since !== null && (await isThere(git, since)) ? since : null;
  const base = known ?? (await commonAncestor(git, commit)) ?? commit;
  const [subject = '', author = ''] = (await git.raw(['log', '-1', '--no-show-signature', '--format=%s%x00%an', commit]))
    .trim()
    .split('\0');
  const different = ['diff', '--name-only', '-z', '--no-renames', '--no-ext-diff', '--relative', base, commit, '--'];
  return {
    commit,
    base,
    subject,
    author,
    commits: await count(git, `${base}..${commit}`),
    forced: since !== null && (known === null || (await count(git, `${commit}..${known}`)) > 0),
    paths: (await git.raw(different)).split('\0').filter((path) => path !== ''),
  };
}

async function isThere(git: SimpleGit, commit: string): Promise<boolean> {
  return (await git.raw(['rev-parse', '--verify', '--quiet', `${commit}^{commit}`])).trim() !== '';
}

async function commonAncestor(git: SimpleGit, commit: string): Promise<string | null> {
  if (!(await isThere(git, 'HEAD'))) return null;
  return (await git.raw(['merge-base', 'HEAD', commit])).trim() || null;
}

async function count(git: SimpleGit, range: string): Promise<number> {
  return Number((await git.raw(['rev-list', '--count', range, '--'])).trim());
}
