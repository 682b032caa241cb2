import { describe, expect, it } from 'vitest';
import { interpreterSettings } from '../startEditor.ts';
import { useEditor } from '../useEditor.ts';

const settings = interpreterSettings();

describe.skipIf(settings === null)('training with an interpreter', () => {
  const editor = useEditor(settings ?? {});

  it('opens a copy of a sample and, at one press of the button, shows its accuracy in the tree', async () => {
    const project = await editor.project('samples', {});
    const open = await editor.open(null);
    await open.showHone();
    await open.page.getByRole('button', { name: 'Open a Sample' }).click();
    await open.pick(/scikit-learn/).click();
    await open.enterPath(project.folder);
    await open.page.getByRole('treeitem', { name: /train\.py/ }).waitFor({ timeout: 60_000 });
    await open.showHone();
    await open.trust();
    await open.button.filter({ hasText: 'Train train.py' }).click();
    await open.row(/digits-sklearn-1.*\d\d\.\d %/).waitFor({ timeout: 120_000 });
    await open.row(/accuracy.*test.*450 rows/).waitFor();
    expect(await open.buttonText()).toMatch(/^accuracy \d\d\.\d % · test$/);
    await open.openFile('train.py');
    await open.picture('result-sklearn');
    const journal = await project.journal('digits-sklearn');
    const accuracy = journal.find((event) => event.type === 'trial-ended')?.['result'] as { value: number };
    expect(await open.row(/digits-sklearn-1/).innerText()).toContain(`${(accuracy.value * 100).toFixed(1)} %`);
  });

  it('leads from a failed run to the line that failed', async () => {
    const project = await editor.project('broken', { 'train.py': BROKEN });
    const open = await editor.open(project.folder);
    await open.showHone();
    await open.trust();
    await open.openFile('train.py');
    await open.button.filter({ hasText: 'Train train.py' }).click();
    await open.button.filter({ hasText: 'failed' }).waitFor({ timeout: 60_000 });
    await open.picture('failed-run');
    await open.row(/NameError.*train\.py:7/).click();
    await open.line(7).waitFor();
  });

  it('makes a traceback in the terminal lead to the file of the user', async () => {
    const project = await editor.project('traceback', { 'train.py': BROKEN });
    const open = await editor.open(project.folder);
    await open.showHone();
    await open.trust();
    await open.row(/train\.py/).click();
    await open.button.filter({ hasText: 'Train train.py' }).click();
    await open.button.filter({ hasText: 'failed' }).waitFor({ timeout: 60_000 });
    await open.followTerminalLink(/train\.py",.line.7/);
    await open.line(7).waitFor();
  });

  it('cancels a run from its button', async () => {
    const project = await editor.project('slow', { 'train.py': SLOW });
    const open = await editor.open(project.folder);
    await open.showHone();
    await open.trust();
    await open.button.filter({ hasText: 'Train train.py' }).click();
    await open.button.filter({ hasText: 'training' }).click({ timeout: 60_000 });
    await open.pick(/Cancel the Run/).waitFor();
    await open.picture('cancel');
    await open.pick(/Cancel the Run/).click();
    await open.button.filter({ hasText: 'slow-1 cancelled' }).waitFor({ timeout: 10_000 });
    await open.row(/slow-1.*cancelled/).waitFor();
    expect((await project.journal()).at(-1)).toMatchObject({ type: 'study-ended', state: 'cancelled' });
  });

  it('cancels a run from the palette', async () => {
    const project = await editor.project('slow', { 'train.py': SLOW });
    const open = await editor.open(project.folder);
    await open.showHone();
    await open.trust();
    await open.button.filter({ hasText: 'Train train.py' }).click();
    await open.button.filter({ hasText: 'training' }).waitFor({ timeout: 60_000 });
    await open.runCommand('Hone: Cancel Run');
    await open.button.filter({ hasText: 'slow-1 cancelled' }).waitFor({ timeout: 10_000 });
  });
});

const SLOW = `import time
from sklearn.svm import SVC

model = SVC().fit([[0], [1]], [0, 1])
time.sleep(600)
`;

const BROKEN = `from sklearn.datasets import load_iris
from sklearn.svm import SVC

X, y = load_iris(return_X_y=True)
model = SVC()
model.fit(X, y)
print("Accuracy:", modle.score(X, y))
`;
