import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A repository that a test's jobs are built from: a bare one, and a developer's clone of it. */
export interface Repository {
  readonly remote: string;
  readonly clone: string;
  /** Writes files in the clone, commits and pushes. */
  push(files: Readonly<Record<string, string | Uint8Array>>): void;
  git(...args: readonly string[]): string;
  remove(): void;
}

/** Makes a repository with one branch. */
export function makeRepository(branch = 'main'): Repository {
  const root = mkdtempSync(join(tmpdir(), 'hone-repository-'));
  const [remote, clone] = [join(root, 'remote.git'), join(root, 'clone')];
  execFileSync('git', ['init', '--quiet', '--bare', `--initial-branch=${branch}`, remote]);
  execFileSync('git', ['clone', '--quiet', remote, clone], { stdio: 'ignore' });
  const git = (...args: readonly string[]): string => {
    const who = ['-c', 'user.name=Dev', '-c', 'user.email=dev@example.org', '-c', 'commit.gpgsign=false'];
    return execFileSync('git', ['-C', clone, ...who, ...args], { encoding: 'utf8' });
  };
  git('checkout', '--quiet', '-B', branch);
  return {
    remote,
    clone,
    git,
    push(files) {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(clone, path)), { recursive: true });
        writeFileSync(join(clone, path), text);
      }
      git('add', '--all');
      git('commit', '--quiet', '--allow-empty', '-m', 'Change');
      git('push', '--quiet', 'origin', branch);
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
