import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createRemoteRepository } from '../../../src/adapters/git/createRemoteRepository.ts';
import type { RemoteRepository } from '../../../src/core/ports/RemoteRepository.ts';
import { createGitProject, fingerprint, git, guard, push, removeGitProject, writeFiles, type GitProject } from './gitProject.ts';

const SCRIPT = { 'train.py': 'print(1)\n' };
const MAIN = { remote: 'origin', branch: 'main' };
const never = new AbortController().signal;

let project: GitProject;
let repository: RemoteRepository;
const servers: Server[] = [];

beforeEach(() => {
  project = createGitProject({ ...SCRIPT, '.gitignore': 'data/\n*.npy\n' });
  repository = createRemoteRepository({ guard, silenceMs: 1500, directory: join(project.top, 'work trees') });
});
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
  removeGitProject(project);
});

/** What an act fails with, while the open folder stays as it is to the last byte. */
async function failure(act: () => Promise<unknown>): Promise<string> {
  const before = fingerprint(project.open);
  const startedAt = Date.now();
  const said = await act().then(
    () => 'nothing',
    (error: unknown) => (error as Error).message,
  );
  expect(Date.now() - startedAt).toBeLessThan(10_000);
  expect(fingerprint(project.open)).toEqual(before);
  return said;
}

const fetchFailure = (): Promise<string> =>
  failure(async () => repository.fetch(project.open, await repository.locate(project.open, {}), never));

async function listen(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const running = (mark: string): boolean =>
  readdirSync('/proc').some((pid) => {
    if (!/^\d+$/u.test(pid)) return false;
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(mark);
    } catch {
      return false; // It is gone.
    }
  });

test('fetches what was pushed into a ref of its own: files, index, HEAD and the refs that the user sees stay', async () => {
  const commit = push(project.colleague, { 'train.py': 'print(2)\n', 'lib/ä b.py': '' }, 'Change "it"');
  const before = fingerprint(project.open);
  const at = await repository.locate(project.open, {});
  expect(at).toEqual(MAIN);
  expect(await repository.fetch(project.open, at, never)).toBe(commit);
  expect(await repository.compare(project.open, commit, null)).toEqual({
    commit,
    base: git(project.open, 'rev-parse', 'HEAD'),
    subject: 'Change "it"',
    author: 'Ada',
    commits: 1,
    forced: false,
    paths: ['lib/ä b.py', 'train.py'],
  });
  expect(fingerprint(project.open)).toEqual(before);
  expect(git(project.open, 'rev-parse', 'refs/hone/remotes/origin/main')).toBe(commit);
});

describe('a remote that does not answer as it should is named in a sentence, and nothing is touched:', () => {
  test('one that asks for a password', async () => {
    const server = createHttpServer((_, response) => response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="x"' }).end());
    const port = await listen(server);
    git(project.open, 'remote', 'set-url', 'origin', `http://127.0.0.1:${port}/r.git`);
    expect(await fetchFailure()).toBe('The remote asks for a password, and nobody is asked while Hone looks.');
  });

  test('one that accepts and is silent', async () => {
    const port = await listen(createServer(() => {}));
    git(project.open, 'remote', 'set-url', 'origin', `http://ada:canary-password@127.0.0.1:${port}/r.git`);
    expect(await fetchFailure()).toBe('The remote was silent for 2 seconds, so git was stopped.');
  });

  test.skipIf(process.platform !== 'linux')('an ssh that sleeps: it is ended with all that it started', async () => {
    const ssh = join(project.top, 'sleeping-ssh');
    writeFileSync(ssh, '#!/bin/sh\n(sleep 77123)\n');
    chmodSync(ssh, 0o755);
    git(project.open, 'remote', 'set-url', 'origin', 'ssh://nobody@127.0.0.1/r.git');
    git(project.open, 'config', 'core.sshCommand', `'${ssh}'`);
    expect(await fetchFailure()).toBe('The remote was silent for 2 seconds, so git was stopped.');
    expect(running('77123')).toBe(false);
  });

  test('a port that nobody listens on, and a name that nobody has', async () => {
    git(project.open, 'remote', 'set-url', 'origin', 'http://127.0.0.1:9/r.git');
    expect(await fetchFailure()).toBe('The remote cannot be reached.');
    git(project.open, 'remote', 'set-url', 'origin', 'http://no-such-host.invalid/r.git');
    expect(await fetchFailure()).toMatch(/^The name of the remote cannot be found\.|^The remote cannot be reached\./u);
  });

  test('a branch that was deleted, and an address without a repository', async () => {
    git(project.colleague, 'checkout', '--quiet', '-b', 'other');
    git(project.colleague, 'push', '--quiet', 'origin', 'other');
    git(project.remote, 'update-ref', '-d', 'refs/heads/main');
    expect(await fetchFailure()).toBe('The remote has no such branch: it was deleted, or renamed.');
    git(project.open, 'remote', 'set-url', 'origin', join(project.top, 'nowhere'));
    expect(await fetchFailure()).toMatch(/^There is no repository at the address of the remote/u);
  });

  test('a HEAD that is detached, where no branch is named', async () => {
    git(project.open, 'checkout', '--quiet', '--detach');
    expect(await failure(() => repository.locate(project.open, {}))).toBe('No branch is checked out, so none is followed.');
    expect(await repository.locate(project.open, { branch: 'main' })).toEqual(MAIN);
  });

  test.skipIf(process.getuid?.() !== 0)('a repository that belongs to another user', async () => {
    execFileSync('chown', ['-R', '12345', project.open]);
    chownSync(project.open, 12345, 12345);
    const allowed = process.env['GIT_CONFIG_GLOBAL'];
    process.env['GIT_CONFIG_GLOBAL'] = '/dev/null';
    try {
      expect(await failure(() => repository.locate(project.open, {}))).toMatch(/^The repository belongs to another user/u);
    } finally {
      if (allowed === undefined) delete process.env['GIT_CONFIG_GLOBAL'];
      else process.env['GIT_CONFIG_GLOBAL'] = allowed;
    }
  });

  test('a folder without a repository', async () => {
    const folder = join(project.top, 'plain');
    mkdirSync(folder);
    await expect(repository.locate(folder, {})).rejects.toThrow('The folder is in no git repository.');
  });
});

test.each([
  ['branch', '--upload-pack=touch pwned'],
  ['branch', 'a..b'],
  ['branch', 'main:refs/heads/evil'],
  ['branch', '-x'],
  ['remote', '--upload-pack=touch pwned'],
  ['remote', 'ext::sh -c touch% pwned'],
])('a %s called %s is refused', async (what, name) => {
  expect(await failure(() => repository.locate(project.open, { [what]: name }))).toMatch(/is no name of a|has no remote/u);
  expect(existsSync(join(project.open, 'pwned'))).toBe(false);
});

test.each([
  'ext::sh -c "touch pwned"',
  '-oProxyCommand=touch pwned',
  'ssh://-oProxyCommand=touch/x',
  'http::https://x/y',
  'gopher://x/y',
])('the address %s is refused, and runs nothing', async (address) => {
  git(project.open, 'config', 'remote.origin.url', address);
  expect(await fetchFailure()).toMatch(/is of a kind that Hone does not ask/u);
  expect(existsSync(join(project.open, 'pwned'))).toBe(false);
});

test('passwords in an address are in no message', async () => {
  git(project.open, 'config', 'remote.origin.url', 'gopher://ada:canary-password@example.org/r');
  expect(await fetchFailure()).not.toContain('canary-password');
});

test('a history that was rewritten is told, and compared with what was there', async () => {
  const first = push(project.colleague, { 'train.py': 'print(2)\n' }, 'Two');
  await repository.fetch(project.open, MAIN, never);
  git(project.colleague, 'reset', '--quiet', '--hard', 'HEAD~1');
  const second = push(project.colleague, { 'other.py': '' }, 'Other', '--force');
  expect(await repository.fetch(project.open, MAIN, never)).toBe(second);
  expect(await repository.compare(project.open, second, first)).toMatchObject({ forced: true, paths: ['other.py', 'train.py'] });
});

test('a shallow clone stays shallow, and sees what was pushed', async () => {
  push(project.colleague, { 'train.py': 'print(2)\n' }, 'Two');
  const shallow = join(project.top, 'shallow');
  git(project.top, 'clone', '--quiet', '--depth=1', `file://${project.remote}`, shallow);
  const commit = push(project.colleague, { 'train.py': 'print(3)\n' }, 'Three');
  const before = fingerprint(shallow);
  await repository.fetch(shallow, MAIN, never);
  expect(await repository.compare(shallow, commit, null)).toMatchObject({ commits: 1, paths: ['train.py'] });
  expect(fingerprint(shallow)).toEqual(before);
});

describe('a pull', () => {
  const fetched = async (): Promise<string> => repository.fetch(project.open, MAIN, never);
  const stateOf = async (commit: string): Promise<string> => (await repository.pullState(project.open, MAIN, commit)).state;

  test('is possible and fast-forwards, beside changes that it does not touch', async () => {
    push(project.colleague, { 'train.py': 'print(2)\n' }, 'Two');
    writeFiles(project.open, { 'mine.py': 'mine\n' });
    const commit = await fetched();
    expect(await stateOf(commit)).toBe('possible');
    await repository.pull(project.open, MAIN, commit);
    expect(git(project.open, 'rev-parse', 'HEAD', 'origin/main')).toBe(`${commit}\n${commit}`);
    expect(git(project.open, 'status', '--porcelain')).toBe('?? mine.py');
    expect(await stateOf(commit)).toBe('same');
  });

  test('is refused where it would touch changes, committed or not', async () => {
    push(project.colleague, { 'train.py': 'print(2)\n', 'new.py': 'theirs\n' }, 'Two');
    writeFiles(project.open, { 'new.py': 'mine\n' });
    const commit = await fetched();
    expect(await repository.pullState(project.open, MAIN, commit)).toMatchObject({ state: 'blocked', files: ['new.py'] });
    expect(await failure(() => repository.pull(project.open, MAIN, commit))).toContain('are in the way: new.py');
    git(project.open, 'add', '-A');
    git(project.open, 'commit', '--quiet', '-m', 'Mine');
    expect(await repository.pullState(project.open, MAIN, commit)).toMatchObject({ state: 'diverged', ahead: 1, behind: 1 });
    expect(await failure(() => repository.pull(project.open, MAIN, commit))).toContain('cannot be fast-forwarded');
  });

  test('is not offered to another branch', async () => {
    push(project.colleague, { 'train.py': 'print(2)\n' }, 'Two');
    git(project.open, 'checkout', '--quiet', '--no-track', '-b', 'topic');
    expect(await stateOf(await fetched())).toBe('elsewhere');
  });
});

test('a commit is put beside the open folder, with its own data and the data that git does not keep, and goes again', async () => {
  writeFiles(project.open, {
    'data/rows.csv': 'ignored',
    'loose.npy': 'ignored',
    'notes.py': 'untracked code',
    '.env': 'SECRET=1',
    'venv/pyvenv.cfg': '',
  });
  const commit = push(project.colleague, { 'train.py': 'print(2)\n', 'tracked.csv': 'new' }, 'Two');
  await repository.fetch(project.open, MAIN, never);
  const before = fingerprint(project.open);
  const { tree, data } = await repository.checkOut(project.open, commit, null);
  expect(readdirSync(tree).sort()).toEqual(['.git', '.gitignore', 'data', 'loose.npy', 'tracked.csv', 'train.py']);
  expect(readFileSync(join(tree, 'data/rows.csv'), 'utf8')).toBe('ignored');
  expect([...data].sort()).toEqual([join(project.open, 'data'), join(project.open, 'loose.npy')]);
  await repository.tidy(project.open, { ended: [], needed: [] });
  expect(existsSync(tree)).toBe(true); // It may be another window's, that has not begun yet.
  await repository.tidy(project.open, { ended: [tree], needed: [] });
  expect(existsSync(tree)).toBe(false);
  expect(fingerprint(project.open)).toEqual(before);
  expect(git(project.open, 'worktree', 'list').split('\n')).toHaveLength(1);
});

test('a link of a commit that leads away is not written through', async () => {
  const away = join(project.top, 'away');
  mkdirSync(away);
  writeFiles(project.open, { 'sets/rows.npy': 'ignored' });
  symlinkSync(away, join(project.colleague, 'sets'));
  const commit = push(project.colleague, { 'train.py': 'print(2)\n' }, 'Link');
  await repository.fetch(project.open, MAIN, never);
  const { data } = await repository.checkOut(project.open, commit, null);
  expect([readdirSync(away), data]).toEqual([[], []]);
});

test('data that Git LFS keeps is taken from the open folder where it is the same, and named where it is not', async () => {
  const pointerTo = (text: string): string => {
    const hash = createHash('sha256').update(text).digest('hex');
    return `version https://git-lfs.github.com/spec/v1\noid sha256:${hash}\nsize ${text.length}\n`;
  };
  const files = {
    '.gitattributes': '*.bin filter=lfs -text\n',
    'sets/same.bin': pointerTo('same'),
    'sets/new.bin': pointerTo('new'),
  };
  const commit = push(project.colleague, { ...files, 'plain.bin': 'small, and no pointer' }, 'Data');
  writeFiles(project.open, { 'sets/same.bin': 'same', 'sets/new.bin': 'old' });
  await repository.fetch(project.open, MAIN, never);
  const { tree, absent, data } = await repository.checkOut(project.open, commit, null);
  expect(data).toEqual([join(project.open, 'sets/same.bin')]);
  expect(readFileSync(join(tree, 'sets/same.bin'), 'utf8')).toBe('same');
  expect(absent).toEqual(['sets/new.bin']);
  expect(await repository.checkOut(project.open, commit, tree)).toEqual({ tree, absent, data });
});

test('a folder below the top of its repository sees its own part only', async () => {
  const folder = join(project.open, 'models');
  push(project.colleague, { 'models/a.py': '1', 'models/sub/b.py': '1' }, 'Models');
  git(project.open, 'pull', '--quiet');
  const commit = push(project.colleague, { 'models/sub/b.py': '2', 'other/c.py': '2' }, 'Change');
  await repository.fetch(folder, await repository.locate(folder, {}), never);
  expect(await repository.compare(folder, commit, null)).toMatchObject({ commits: 1, paths: ['sub/b.py'] });
  writeFiles(folder, { 'x.npy': '' });
  const { tree } = await repository.checkOut(folder, commit, null);
  expect(readdirSync(tree).sort()).toEqual(['a.py', 'sub', 'x.npy']);
  expect(await repository.pullState(folder, MAIN, commit)).toMatchObject({ state: 'possible', behind: 1 });
  await repository.tidy(folder, { ended: [tree], needed: [] });
  expect(existsSync(tree)).toBe(false);
});

test('what a repository would have run is not run: hooks, file system monitors, submodules', async () => {
  const mark = join(project.top, 'pwned');
  for (const hook of ['post-checkout', 'reference-transaction', 'post-merge']) {
    writeFileSync(join(project.open, '.git/hooks', hook), `#!/bin/sh\ntouch '${mark}'\n`, { mode: 0o755 });
  }
  git(project.open, 'config', 'core.fsmonitor', `touch '${mark}'; false`);
  const commit = push(project.colleague, { 'train.py': 'print(2)\n' }, 'Two');
  await repository.fetch(project.open, MAIN, never);
  const { tree } = await repository.checkOut(project.open, commit, null);
  await repository.tidy(project.open, { ended: [tree], needed: [] });
  await repository.pull(project.open, MAIN, commit);
  expect(existsSync(mark)).toBe(false);
});
