import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createSourceRepository } from '../../src/adapters/git/createSourceRepository.ts';

let top: string;
let folder: string;
const repository = createSourceRepository();

function git(...args: string[]): string {
  return execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', ...args], {
    cwd: top,
    encoding: 'utf8',
  });
}

beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'hone-git-'));
  folder = join(top, 'sub folder');
  mkdirSync(folder);
  git('init', '--quiet', '--initial-branch=main');
  git('config', 'user.name', 'Ada');
  git('config', 'user.email', 'ada@example.org');
});
afterEach(() => rmSync(top, { recursive: true, force: true }));

function commitScript(): void {
  writeFileSync(join(folder, 'train.py'), Buffer.from('# coding: latin-1\n# \xe9\nunits = 32\n', 'latin1'), { mode: 0o755 });
  git('add', '-A');
  git('commit', '--quiet', '-m', 'first');
}

async function commitChange(branch: string): Promise<string> {
  const before = (await repository.readHead(folder, 'train.py')) ?? '';
  const change = { path: 'train.py', before, after: before.replace('32', '64') };
  const made = await repository.commit({ folder, branch, message: 'Tune: 1 to 2\n\nBody with "quotes".', changes: [change] });
  return made.branch;
}

test('commits upon HEAD on a new branch, and leaves the work tree, the index and the branch as they are', async () => {
  commitScript();
  writeFileSync(join(folder, 'train.py'), 'dirty = True\n');
  writeFileSync(join(top, 'staged.txt'), 'staged\n');
  git('add', 'staged.txt');
  const status = git('status', '--porcelain=v1', '--branch');
  expect(await commitChange('hone/digits-1')).toBe('hone/digits-1');
  expect(git('status', '--porcelain=v1', '--branch')).toBe(status);
  expect(readFileSync(join(folder, 'train.py'), 'utf8')).toBe('dirty = True\n');
  expect(git('log', '--format=%P %B', '-1', 'hone/digits-1').trim()).toBe(
    `${git('rev-parse', 'main').trim()} Tune: 1 to 2\n\nBody with "quotes".`,
  );
  const made = execFileSync('git', ['show', 'hone/digits-1:sub folder/train.py'], { cwd: top });
  expect(made).toEqual(Buffer.from('# coding: latin-1\n# \xe9\nunits = 64\n', 'latin1'));
  expect(git('diff', '--stat', 'main', 'hone/digits-1')).toContain('1 file changed, 1 insertion(+), 1 deletion(-)');
  expect(git('ls-tree', 'hone/digits-1', 'sub folder/train.py')).toMatch(/^100755 /);
  expect(readdirSync(join(top, '.git'))).not.toContain('worktrees');
});

test('commits as whom git knows outside of the repository', async () => {
  commitScript();
  git('config', '--unset', 'user.name');
  git('config', '--unset', 'user.email');
  const home = join(top, '.git', 'home');
  mkdirSync(home);
  writeFileSync(join(home, '.gitconfig'), '[user]\n  name = Grace\n  email = grace@example.org\n');
  vi.stubEnv('HOME', home);
  vi.stubEnv('EDITOR', 'vi');
  await commitChange('hone/digits-1');
  vi.unstubAllEnvs();
  expect(git('log', '--format=%an', '-1', 'hone/digits-1').trim()).toBe('Grace');
});

test('takes the next name where a branch is there already', async () => {
  commitScript();
  await commitChange('hone/digits-1');
  expect(await commitChange('hone/digits-1')).toBe('hone/digits-1-2');
});

test('says what is missing: a repository, a commit, a file', async () => {
  await expect(repository.readHead(folder, 'train.py')).rejects.toThrow('no commit yet');
  commitScript();
  expect(await repository.readHead(folder, 'other.py')).toBeNull();
  rmSync(join(top, '.git'), { recursive: true });
  await expect(repository.readHead(folder, 'train.py')).rejects.toThrow('no git repository');
});
