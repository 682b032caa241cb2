import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { interpreterSettings } from '../startEditor.ts';
import { useEditor } from '../useEditor.ts';

const settings = interpreterSettings();

function git(folder: string, ...args: readonly string[]): string {
  const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...identity, ...args], { cwd: folder, encoding: 'utf8', stdio: 'pipe' }).trim();
}

/** Makes a folder a clone of a new remote, with all its files pushed; returns a colleague's clone of the same. */
async function share(folder: string, top: string): Promise<string> {
  const remote = join(top, 'remote.git');
  git(top, 'init', '--quiet', '--bare', '--initial-branch=main', remote);
  git(folder, 'init', '--quiet', '--initial-branch=main');
  git(folder, 'remote', 'add', 'origin', remote);
  git(folder, 'add', '-A');
  git(folder, 'commit', '--quiet', '-m', 'Begin');
  git(folder, 'push', '--quiet', '--set-upstream', 'origin', 'main');
  git(top, 'clone', '--quiet', remote, 'colleague');
  return join(top, 'colleague');
}

describe.skipIf(settings === null)('a watched remote', () => {
  const editor = useEditor({ ...settings, 'hone.poll.enabled': true });

  it('looks at nothing before the folder is trusted, shows what was pushed and what it scores, and pulls when asked', async () => {
    const project = await editor.sample('digits-sklearn');
    const top = await mkdtemp(join(tmpdir(), 'hone-remote-'));
    onTestFinished(() => rm(top, { recursive: true, force: true }));
    const colleague = await share(project.folder, top);
    const open = await editor.open(project.folder);
    await open.showHone();
    await open.page.waitForTimeout(3000); // Time enough to look, if it did.
    expect(git(project.folder, 'for-each-ref', 'refs/hone')).toBe('');
    await open.trust();
    await open.row(/origin\/main.*nothing to pull/).waitFor({ timeout: 30_000 });

    const text = await project.read('train.py');
    await writeFile(join(colleague, 'train.py'), `# A colleague's.\n${text}`);
    git(colleague, 'commit', '--quiet', '-am', 'Say whose it is');
    git(colleague, 'push', '--quiet', 'origin', 'main');
    const commit = git(colleague, 'rev-parse', 'HEAD');
    await open.runCommand('Hone: Look at the Remote Now');
    await open.row(/origin\/main.*1 new commit/).waitFor({ timeout: 60_000 });
    await open.expand(/^Runs/);
    await open.row(new RegExp(`Say whose it is.*accuracy \\d\\d\\.\\d %`)).waitFor({ timeout: 90_000 });
    await open.picture('poll-pushed');
    expect(await project.read('train.py')).toBe(text);

    await open.notification(/It touches train\.py/);
    await open.page.locator('.notifications-center').getByRole('button', { name: 'Pull', exact: true }).click();
    await open.row(/origin\/main.*nothing to pull/).waitFor({ timeout: 60_000 });
    await open.picture('poll-pulled');
    expect(git(project.folder, 'rev-parse', 'HEAD')).toBe(commit);
    expect(git(project.folder, 'status', '--porcelain')).toBe('');
    expect(await project.read('train.py')).toBe(`# A colleague's.\n${text}`);

    await open.runCommand('Hone: Stop Watching the Remote');
    await open.row(/origin\/main/).waitFor({ state: 'detached' });
    await open.runCommand('Hone: Watch the Remote');
    await open.row(/origin\/main.*nothing to pull/).waitFor({ timeout: 30_000 });
  });
});
