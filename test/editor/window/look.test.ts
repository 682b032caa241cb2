import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Editor } from '../Editor.ts';
import type { EditorWindow } from '../EditorWindow.ts';
import { Project } from '../Project.ts';
import { interpreterSettings, startEditor } from '../startEditor.ts';

const settings = interpreterSettings();

const SCRIPT = `from pathlib import Path
from sklearn.datasets import load_iris
from sklearn.svm import SVC

X, y = load_iris(return_X_y=True)
model = SVC(C=1.0).fit(X[::2], y[::2])
Path("model.txt").write_text("weights")
print("Accuracy:", model.score(X[1::2], y[1::2]))
`;

describe.skipIf(settings === null)('looking back at runs', () => {
  let editor: Editor;
  let project: Project;
  let open: EditorWindow;

  beforeAll(async () => {
    editor = await startEditor(settings ?? {});
    project = await Project.create('iris', { 'train.py': SCRIPT });
    open = await editor.open(project.folder);
    await open.showHone();
    await open.trust();
    await train(1);
    await project.write('train.py', SCRIPT.replace('C=1.0', 'C=0.1'));
    await train(2);
  }, 180_000);

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await open.picture(`failure of ${task.name}`);
    await open.page.keyboard.press('Escape');
  });

  afterAll(async () => {
    await open.close();
    await project.remove();
    await editor.close();
  });

  async function train(number: number): Promise<void> {
    await open.runCommand('Hone: Train');
    await open.row(new RegExp(`iris-${number}.*\\d\\d\\.\\d %`)).waitFor({ timeout: 60_000 });
  }

  const choose = (row: RegExp, item: string): Promise<void> => open.chooseFromMenu(open.row(row), item);

  it('names one and notes something about it', async () => {
    await choose(/iris-1/, 'Rename…');
    await open.page.locator('.quick-input-widget input').fill('as it was');
    await open.page.keyboard.press('Enter');
    await open.row(/iris-1.*as it was/).waitFor({ timeout: 10_000 });
    await open.picture('look-renamed');
  });

  it('compares two that are selected: result, settings and sources in one editor', async () => {
    await open.row(/iris-1/).click();
    await open.row(/iris-2/).click({ modifiers: ['ControlOrMeta'] });
    await choose(/iris-2/, 'Compare…');
    await open.page.getByRole('tab', { name: /iris-1 ↔ iris-2/ }).waitFor({ timeout: 20_000 });
    await open.page.waitForTimeout(3000);
    await open.picture('look-compare');
    const text = await open.page.locator('.multiDiffEditor').innerText();
    expect(text).toContain('run.txt');
    expect(text).toContain('train.py');
  });

  it('saves what one wrote beside the script, and asks before it replaces', async () => {
    await choose(/iris-1/, 'Save Outputs');
    await open.notification(/Saved model\.txt/);
    expect(await readFile(join(project.folder, 'model.txt'), 'utf8')).toBe('weights');
    await project.write('model.txt', 'mine');
    await choose(/iris-1/, 'Save Outputs');
    await open.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Replace' }).waitFor();
    await open.picture('look-replace');
    await open.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Cancel' }).click();
    expect(await readFile(join(project.folder, 'model.txt'), 'utf8')).toBe('mine');
  });

  it('opens a shell in a copy of a trial', async () => {
    await choose(/iris-2/, 'Open a Shell');
    await open.page
      .locator('.xterm-rows')
      .filter({ hasText: /In a copy of trial 0 of iris-2/ })
      .waitFor({ timeout: 20_000 });
    await open.page.waitForTimeout(2000);
    await open.page.keyboard.type('cat train.py | grep C=\n');
    await open.page
      .locator('.xterm-rows')
      .filter({ hasText: /SVC\(C=0\.1\)/ })
      .waitFor({ timeout: 10_000 });
    await open.picture('look-shell');
    await open.page.keyboard.type('exit\n');
  });

  it('says what is missing where there is no debugger', async () => {
    await choose(/iris-2/, 'Debug This Trial');
    await open.notification(/no debugger for Python.*Install/);
    await open.picture('look-debug');
  });

  it('shows what is kept, with sizes, and removes what is chosen', async () => {
    await open.runCommand('Hone: Clean Up…');
    await open.pick(/iris-1 \(as it was\)/).waitFor({ timeout: 20_000 });
    await open.picture('look-clean');
    await open.page.keyboard.press('Escape');
  });
});
