import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { applyPatch } from 'diff';
import { describe, expect, it } from 'vitest';
import type { Project } from '../Project.ts';
import { interpreterSettings } from '../startEditor.ts';
import { useEditor } from '../useEditor.ts';

const settings = interpreterSettings();
const execute = promisify(execFile);
const commandLine = join(import.meta.dirname, '..', '..', '..', 'dist', 'cli.js');

/** What the command line proposes, which shares nothing with the editor but the engine. */
async function proposedText(project: Project, before: string): Promise<string> {
  const { stdout } = await execute(process.execPath, [
    commandLine,
    'apply',
    'digits-sklearn-1',
    '--dry-run',
    '--cwd',
    project.folder,
  ]);
  const patched = applyPatch(before, stdout);
  if (patched === false) throw new Error(`This is no patch of the script: ${stdout}`);
  return patched;
}

describe.skipIf(settings === null)('tuning', () => {
  const editor = useEditor(settings ?? {});

  it('asks one question, reaches the target, and changes the script by the diff that is accepted', async () => {
    const project = await editor.sample('digits-sklearn');
    const before = await project.read('train.py');
    const open = await editor.open(project.folder);
    await open.showHone();
    await open.trust();
    await open.openFile('train.py');
    await open.runCommand('Hone: Tune This Script');
    await open.pick(/Target.*95 %/).waitFor();
    await open.picture('tune-question');
    await open.page.keyboard.press('Enter');
    await open.row(/digits-sklearn-1.*accuracy \d\d\.\d %/).waitFor({ timeout: 120_000 });
    await open.picture('tune-result');
    expect(await project.read('train.py')).toBe(before);
    await open.runCommand('Hone: Apply the Best Trial');
    await open.page.getByRole('tab', { name: /yours ↔ trial/ }).waitFor();
    await open.picture('tune-proposal');
    const proposed = await proposedText(project, before);
    await open.runCommand('Hone: Accept the Proposal');
    await open.page.getByRole('tab', { name: /yours ↔ trial/ }).waitFor({ state: 'detached' });
    await expect.poll(() => project.read('train.py')).not.toBe(before);
    expect(await project.read('train.py')).toBe(proposed);
    await open.picture('tune-applied');
  });
});
