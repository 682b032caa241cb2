import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { useEditor } from '../useEditor.ts';

const editor = useEditor({ 'workbench.colorTheme': 'Default Light Modern' });

it('shows hyperparameters by layer, and a click goes to the exact place, in the text as it is now', async () => {
  const project = await editor.sample('digits-cnn');
  const open = await editor.open(project.folder);
  await open.showHone();
  await open.trust();
  await open.expand(/train\.py/);
  await open.row(/Conv2D 1.*filters 8/).waitFor();
  await open.expand(/Dense 1.*units 32/);
  await open.expand(/Structure/);
  await open.expand(/Fixed/);
  await open.page.getByRole('treeitem', { name: /^units, 32 · 8–128/ }).waitFor();
  await open.row(/test_size.*fixed/).waitFor();
  await open.row(/units.*8–128/).click();
  await open.selection('Ln 21, Col 24 (2 selected)').waitFor();
  await open.picture('tree-by-layer');
  // What is typed above moves the place, before anything is saved.
  await open.page.keyboard.press('Control+Home');
  await open.page.keyboard.type('import os\n');
  await open.row(/units.*8–128/).click();
  await open.selection('Ln 22, Col 24 (2 selected)').waitFor();
});

it('tells of a value under the pointer what Hone would do with it, or why it leaves it alone', async () => {
  const project = await editor.sample('digits-cnn');
  const open = await editor.open(project.folder);
  await open.showHone();
  await open.row(/train\.py/).click();
  await open.page.locator('.codelens-decoration').getByText('Tune', { exact: true }).waitFor();
  await open.hoverOver('"relu"');
  await open.hover(/Conv2D 1 · activation relu.*Hone tries relu, elu, selu or tanh/s).waitFor();
  await open.picture('hover', { keepPointer: true });
  await open.hoverOver('"softmax"');
  await open.hover(/activation softmax · fixed.*output layer/s).waitFor();
  await open.picture('hover-fixed', { keepPointer: true });
});

it('reveals the values of a script from above the line that trains, and of a notebook from its cell', async () => {
  const project = await editor.project('notebooks', { 'train.ipynb': NOTEBOOK, 'other.py': OVERFITTED });
  const open = await editor.open(project.folder);
  await open.showHone();
  await open.row(/train\.ipynb/).click();
  await open.page.getByText(/\d+ tunable values/).click();
  await open.row(/SVC.*C 2/).waitFor();
  await open.expand(/SVC.*C 2/);
  await open.row(/^C.*2 ·/).click();
  await open.picture('notebook');
  // What is selected is overwritten, and nothing is saved.
  await open.page.locator('.cell-editor-container .selected-text').waitFor();
  await open.page.keyboard.type('12.75');
  await open.hoverOver('"rbf"');
  await open.hover(/SVC · kernel rbf/).waitFor();
  expect(await project.read('train.ipynb')).toContain('C=2.0');
});

it('keeps the line that trains to itself where the setting says so', async () => {
  const project = await editor.project('quiet', { 'train.py': OVERFITTED });
  const open = await editor.open(project.folder);
  await open.showHone();
  await open.row(/train\.py/).click();
  const lens = open.page.locator('.codelens-decoration').getByText(/tunable value/);
  await lens.waitFor();
  await mkdir(join(project.folder, '.vscode'));
  await project.write('.vscode/settings.json', '{ "hone.codeLens": false }\n');
  await lens.waitFor({ state: 'detached' });
});

it('marks a number that is measured on the rows of the fit, explains it, and lets it be', async () => {
  const project = await editor.project('findings', { 'train.py': OVERFITTED });
  const open = await editor.open(project.folder);
  await open.showHone();
  await open.row(/train\.py/).click();
  await open.page.locator('.squiggly-warning').waitFor();
  await open.runCommand('Problems: Focus on Problems View');
  await open.page.getByText('This measures the model on the rows that it was fitted on.').first().waitFor();
  await open.picture('finding');
  await open.page.locator('.view-line').getByText('score').click();
  await open.page.keyboard.press('Control+.');
  await open.page.locator('.action-widget').getByText('Hone: Explain').waitFor();
  await open.picture('finding-actions');
  await open.page.locator('.action-widget').getByText('Hone: Ignore for train.py').click();
  await open.page.locator('.squiggly-warning').waitFor({ state: 'detached' });
  expect(JSON.parse(await project.read('.vscode/settings.json'))).toEqual({
    'hone.ignoredFindings': { 'train.py': ['scored-on-training-data'] },
  });
});

it('writes a range, and what is not to be touched, to hone.yaml, and takes them out again', async () => {
  const project = await editor.sample('digits-cnn');
  await project.write('hone.yaml', '# mine\nnetwork: false\n');
  const open = await editor.open(project.folder);
  await open.showHone();
  await open.expand(/train\.py/);
  await open.expand(/Dense 1.*units 32/);
  const units = open.row(/^units.*32/);
  await open.chooseFromMenu(units, 'Set Range…', 'range-menu');
  const input = open.page.locator('.quick-input-widget input');
  await input.fill('64 – 16');
  await open.page.getByText('64 is more than 16.').waitFor();
  await input.fill('64 – 128 log');
  await open.picture('range-input');
  await input.press('Enter');
  await open.row(/^units.*64–128.*own range/).waitFor();
  expect(await project.read('hone.yaml')).toBe(
    '# mine\nnetwork: false\nspace:\n  "layers.Dense[0].units":\n    low: 64\n    high: 128\n',
  );
  await open.picture('own-range');
  await open.chooseFromMenu(units, 'Do Not Touch');
  await open.expand(/^Fixed/);
  await open.chooseFromMenu(open.row(/^units.*32.*fixed/), 'Reset');
  await open.row(/^units.*8–128/).waitFor();
  expect(await project.read('hone.yaml')).toMatch(/^# mine\nnetwork: false\n/);
});

const OVERFITTED = `from sklearn.datasets import load_wine
from sklearn.svm import SVC

X, y = load_wine(return_X_y=True)
model = SVC(C=2.0)
model.fit(X, y)
print("Accuracy:", model.score(X, y))
`;

const NOTEBOOK = JSON.stringify({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: { language_info: { name: 'python' } },
  cells: [
    { cell_type: 'markdown', id: 'a', metadata: {}, source: ['# Wine'] },
    {
      cell_type: 'code',
      id: 'b',
      metadata: {},
      outputs: [],
      execution_count: null,
      source: ['from sklearn.datasets import load_wine\n', 'from sklearn.svm import SVC\n', 'X, y = load_wine(return_X_y=True)'],
    },
    {
      cell_type: 'code',
      id: 'c',
      metadata: {},
      outputs: [],
      execution_count: null,
      source: ['%time\n', 'm = SVC(C=2.0, kernel="rbf")\n', 'm.fit(X[:90], y[:90])\n', 'm.score(X[90:], y[90:])'],
    },
  ],
});
