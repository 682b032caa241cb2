import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The bundle that runs git in a group of its own. */
export const guard = fileURLToPath(new URL('../../../dist/gitGuard.js', import.meta.url));

/** A bare remote, the folder that is open, and a colleague's clone; `top` holds all of it. */
export interface GitProject {
  readonly top: string;
  readonly remote: string;
  readonly open: string;
  readonly colleague: string;
}

export function git(folder: string, ...args: string[]): string {
  const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...identity, ...args], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
}

export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** Commits files and pushes them; the commit. */
export function push(folder: string, files: Readonly<Record<string, string>>, message: string, ...options: string[]): string {
  writeFiles(folder, files);
  git(folder, 'add', '-A');
  git(folder, 'commit', '--quiet', '-m', message);
  git(folder, 'push', '--quiet', ...options, 'origin', 'HEAD');
  return git(folder, 'rev-parse', 'HEAD');
}

/** A remote with the given files on main, and two clones of it. */
export function createGitProject(files: Readonly<Record<string, string>>): GitProject {
  const top = realpathSync(mkdtempSync(join(tmpdir(), 'hone-poll-')));
  const [remote, open, colleague] = [join(top, 'remote.git'), join(top, 'open folder'), join(top, 'colleague')];
  git(top, 'init', '--quiet', '--bare', '--initial-branch=main', remote);
  git(top, 'clone', '--quiet', remote, colleague);
  git(colleague, 'checkout', '--quiet', '-B', 'main');
  push(colleague, files, 'Begin');
  git(top, 'clone', '--quiet', remote, open);
  return { top, remote, open, colleague };
}

export function removeGitProject({ top }: GitProject): void {
  rmSync(top, { recursive: true, force: true });
}

/** All that git and the user know of a folder: each file with its bytes, the index and the refs, but for Hone's own. */
export function fingerprint(folder: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(folder.length + 1);
    if (/^\.hone(\/|$)|^\.git\/(objects|refs\/hone|logs\/refs\/hone)(\/|$)/u.test(name) || entry.isDirectory()) continue;
    found[name] = entry.isSymbolicLink() ? readlinkSync(path) : createHash('sha256').update(readFileSync(path)).digest('hex');
  }
  return found;
}
