import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import type { SimpleGit } from 'simple-git';
import { HoneError } from '../../base/HoneError.ts';
import type { CommitRequest, SourceRepository } from '../../core/ports/SourceRepository.ts';
import { ambientEnvironment } from './ambientEnvironment.ts';
import { encodeLike, textOf } from '../files/encodeLike.ts';

/** git does nothing of this for long; a hang is ended after so many milliseconds without output. */
const SILENCE_MS = 30_000;

/** The repository by the git of this machine. */
export function createSourceRepository(): SourceRepository {
  return {
    readHead: (folder, path) =>
      translated(async () => {
        const { git, prefix } = await open(folder);
        const bytes = await readBytes(git, `${prefix}${path}`);
        return bytes === null ? null : textOf(bytes);
      }),
    prefixOf: async (folder) => {
      const git = await gitIn(folder);
      return (await git.checkIsRepo()) ? prefixIn(git) : null;
    },
    remoteOf: async (folder) => {
      const git = await gitIn(folder);
      return (await git.checkIsRepo()) ? remoteIn(git) : null;
    },
    commitFiles: (folder, paths, message) => translated(() => commitFiles(folder, paths, message)),
    commit: (request) => translated(() => commit(request)),
  };
}

/** Loaded when first needed: most commands never ask git. */
async function gitIn(folder: string): Promise<SimpleGit> {
  const { simpleGit } = await import('simple-git');
  return simpleGit(folder, { timeout: { block: SILENCE_MS } });
}

async function open(folder: string): Promise<{ git: SimpleGit; prefix: string }> {
  const git = await gitIn(folder);
  const prefix = (await git.raw(['rev-parse', '--show-prefix'])).trim();
  return { git, prefix };
}

/** Without the last `/`, which git writes; names may end in blanks. */
async function prefixIn(git: SimpleGit): Promise<string> {
  return (await git.raw(['rev-parse', '--show-prefix'])).replace(/\/?\n$/u, '');
}

async function remoteIn(git: SimpleGit): Promise<{ url: string; branch: string } | null> {
  const remotes = await git.getRemotes(true);
  const url = (remotes.find(({ name }) => name === 'origin') ?? remotes[0])?.refs.fetch;
  if (url === undefined || url === '') return null;
  const branch = (await git.raw(['branch', '--show-current'])).trim();
  return { url: withoutLogin(url), branch: branch === '' ? 'main' : branch };
}

/** An ssh address needs its user; its password, and all of it in other addresses, is a secret. */
function withoutLogin(url: string): string {
  return url.replace(/^(\w+:\/\/)([^/@]*)@/u, (_, scheme: string, login: string) =>
    scheme === 'ssh://' ? `${scheme}${login.replace(/:.*$/u, '')}@` : scheme,
  );
}

async function commitFiles(folder: string, paths: readonly string[], message: string): Promise<string | null> {
  const git = await gitIn(folder);
  await git.raw(['add', '--', ...paths]);
  if ((await git.raw(['status', '--porcelain', '--', ...paths])) === '') return null;
  await git.raw(['commit', '--quiet', '--only', '--message', message, '--', ...paths]);
  return (await git.raw(['rev-parse', 'HEAD'])).trim();
}

async function readBytes(git: SimpleGit, path: string): Promise<Buffer | null> {
  const found = await git.raw(['ls-tree', '--full-tree', 'HEAD', '--', path]);
  return found.trim() === '' ? null : git.showBuffer(`HEAD:${path}`);
}

async function commit({ folder, branch, message, changes }: CommitRequest): Promise<{ branch: string; commit: string }> {
  const { git, prefix } = await open(folder);
  const draft = await mkdtemp(join(tmpdir(), 'hone-commit-'));
  try {
    const own = await withIndex(folder, join(draft, 'index'));
    await own.raw(['read-tree', 'HEAD']);
    for (const [index, { path, after }] of changes.entries()) {
      const name = `${prefix}${path.split(sep).join('/')}`;
      const file = join(draft, String(index));
      await writeFile(file, encodeLike((await readBytes(git, name)) ?? Buffer.alloc(0), after));
      const blob = (await own.raw(['hash-object', '-w', '--no-filters', '--', file])).trim();
      const [mode = '100644'] = (await own.raw(['ls-tree', '--full-tree', 'HEAD', '--', name])).split(' ');
      await own.raw(['update-index', '--add', '--cacheinfo', `${mode},${blob},${name}`]);
    }
    const tree = (await own.raw(['write-tree'])).trim();
    const made = (await own.raw(['commit-tree', tree, '-p', 'HEAD', '-m', message])).trim();
    const name = await freeBranch(git, branch);
    await git.raw(['branch', '--no-track', name, made]);
    return { branch: name, commit: made };
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** With an index of its own: what the user has staged is not touched, and the repository knows nothing of it. */
async function withIndex(folder: string, index: string): Promise<SimpleGit> {
  const { simpleGit } = await import('simple-git');
  const git = simpleGit(folder, { timeout: { block: SILENCE_MS }, allowEnvironment: ['GIT_INDEX_FILE'] });
  return git.env({ ...ambientEnvironment([]), GIT_INDEX_FILE: index });
}

async function freeBranch(git: SimpleGit, wanted: string): Promise<string> {
  const { all } = await git.branchLocal();
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted}-${number}`;
    if (!all.includes(name)) return name;
  }
}

async function translated<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw error instanceof HoneError || !(error instanceof Error) ? error : describe(error);
  }
}

function describe(error: Error): HoneError {
  const { message } = error;
  if (/not a git repository/u.test(message)) {
    return new HoneError('usage', 'The folder is in no git repository.', {
      next: 'Apply without --commit, or `git init` first.',
      cause: error,
    });
  }
  if (/tell me who you are|empty ident|user\.email/iu.test(message)) {
    return new HoneError('usage', 'git does not know who commits.', {
      next: 'Set user.name and user.email: `git config user.email …`.',
      cause: error,
    });
  }
  if (
    /Needed a single revision|invalid reference|unknown revision|ambiguous argument 'HEAD'|not a valid object name:? '?HEAD/iu.test(
      message,
    )
  ) {
    return new HoneError('usage', 'The repository has no commit yet.', { next: 'Commit the script first.', cause: error });
  }
  const line = message.trim().split('\n').at(-1) ?? message;
  return new HoneError('usage', `git refused: ${line.replace(/^fatal: /u, '')}`, {
    next: 'Apply without --commit, and commit yourself.',
    cause: error,
  });
}
