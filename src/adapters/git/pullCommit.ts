import type { SimpleGit } from 'simple-git';
import { HoneError } from '../../base/HoneError.ts';
import type { PullState, RemoteBranch } from '../../core/study/Push.ts';

/** Whether the open branch can be fast-forwarded to a commit without a file that is not committed in its way. */
export async function pullState(git: SimpleGit, { remote, branch }: RemoteBranch, commit: string): Promise<PullState> {
  const open = (await git.raw(['symbolic-ref', '--quiet', '--short', 'HEAD'])).trim();
  const upstream = (await git.raw(['for-each-ref', '--format=%(upstream)', `refs/heads/${open}`])).trim();
  const isFollowed = upstream === '' ? open === branch : upstream === `refs/remotes/${remote}/${branch}`;
  if (open === '' || !isFollowed) return { state: 'elsewhere', ahead: 0, behind: 0, files: [] };
  const counts = (await git.raw(['rev-list', '--left-right', '--count', `HEAD...${commit}`, '--'])).trim().split(/\s+/u);
  const [ahead = 0, behind = 0] = counts.map(Number);
  if (behind === 0) return { state: ahead === 0 ? 'same' : 'ahead', ahead, behind, files: [] };
  if (ahead > 0) return { state: 'diverged', ahead, behind, files: [] };
  const files = await filesInTheWay(git, commit);
  return { state: files.length === 0 ? 'possible' : 'blocked', ahead, behind, files };
}

/** Fast-forwards, by git's own rules. Throws HoneError `usage` where that is not possible, with the reason. */
export async function pull(git: SimpleGit, at: RemoteBranch, commit: string): Promise<void> {
  const found = await pullState(git, at, commit);
  const { state, files } = found;
  if (state === 'same' || state === 'ahead') return;
  if (state !== 'possible') {
    const because = {
      blocked: `changes that are not committed are in the way: ${files.slice(0, 3).join(', ')}${files.length > 3 ? ', …' : ''}`,
      diverged: `it has ${found.ahead} commits that ${at.remote}/${at.branch} has not, which has ${found.behind} others`,
      elsewhere: `it does not follow ${at.remote}/${at.branch}`,
    }[state];
    const next = {
      blocked: 'Commit or stash them first.',
      diverged: 'Merge or rebase by hand.',
      elsewhere: 'Switch to it first.',
    };
    throw new HoneError('usage', `The open branch cannot be fast-forwarded: ${because}.`, { next: next[state] });
  }
  await git.raw(['merge', '--ff-only', '--no-autostash', '--quiet', commit]);
  const tracking = `refs/remotes/${at.remote}/${at.branch}`;
  const known = (await git.raw(['rev-parse', '--verify', '--quiet', tracking])).trim();
  // As `git pull` leaves it; one that was forced to another history is left to the user's own fetch.
  if (known !== '' && (await git.raw(['rev-list', '--count', `${commit}..${known}`, '--'])).trim() === '0') {
    await git.raw(['update-ref', tracking, commit, known]);
  }
}

async function filesInTheWay(git: SimpleGit, commit: string): Promise<readonly string[]> {
  const changed = (await git.raw(['diff', '--name-only', '-z', '--no-renames', '--no-ext-diff', 'HEAD', commit, '--'])).split(
    '\0',
  );
  const status = await git.raw([
    'status',
    '--porcelain=v1',
    '-z',
    '--no-renames',
    '--untracked-files=normal',
    '--ignored=matching',
  ]);
  const dirty = status
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => line.slice(3));
  const touches = (path: string): boolean => dirty.some((own) => own === path || (own.endsWith('/') && path.startsWith(own)));
  return changed.filter((path) => path !== '' && touches(path));
}
