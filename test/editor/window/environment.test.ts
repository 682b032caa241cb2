import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Editor } from '../Editor.ts';
import { Project } from '../Project.ts';
import { startEditor } from '../startEditor.ts';

const SCRIPT = `from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression

X, y = load_iris(return_X_y=True)
print("Test accuracy:", LogisticRegression(max_iter=1000).fit(X, y).score(X, y))
`;

const testPython = process.env['HONE_TEST_PYTHON'];

describe.skipIf(testPython === undefined || process.platform === 'win32')('an interpreter without the framework', () => {
  const directory = mkdtempSync(join(tmpdir(), 'hone-environment-'));
  const python = join(directory, 'bare', 'bin', 'python');
  let editor: Editor;

  beforeAll(async () => {
    execFileSync(testPython ?? '', ['-m', 'venv', '--without-pip', join(directory, 'bare')]);
    vi.stubEnv('XDG_CACHE_HOME', directory);
    editor = await startEditor({ 'hone.runtime': 'local', 'hone.python': python });
  });
  afterAll(async () => {
    await editor.close();
    vi.unstubAllEnvs();
    rmSync(directory, { recursive: true, force: true });
  });

  it('is asked about once, and gets an environment in which the script trains', async () => {
    const project = await Project.create('lacking', { 'train.py': SCRIPT });
    const open = await editor.open(project.folder);
    try {
      await open.showHone();
      await open.trust();
      await open.openFile('train.py');
      await open.button.filter({ hasText: 'Train train.py' }).click();
      const dialog = open.page.getByRole('dialog').filter({ hasText: 'Make an environment for train.py?' });
      await dialog.waitFor({ timeout: 60_000 });
      expect(await dialog.innerText()).toContain('has no scikit-learn, which train.py needs.');
      await open.picture('make-environment');
      await dialog.getByRole('button', { name: 'Make Environment' }).click();
      await open.row(/lacking-1.*\d\d\.\d %/).waitFor({ timeout: 240_000 });
      await open.picture('made-environment');
    } catch (error) {
      await open.picture('failure of environment');
      throw error;
    } finally {
      await open.close();
      await project.remove();
    }
  }, 400_000);
});
