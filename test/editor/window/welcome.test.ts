import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Editor } from '../Editor.ts';
import type { EditorWindow } from '../EditorWindow.ts';
import { Project } from '../Project.ts';
import { startEditor } from '../startEditor.ts';

let editor: Editor;
let project: Project | null = null;
let open: EditorWindow | null = null;

beforeAll(async () => {
  editor = await startEditor({ 'hone.docker.host': 'unix:///nonexistent/docker.sock' });
});

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await open?.picture(`failure of ${task.name}`);
  await open?.close();
  await project?.remove();
  project = null;
});

afterAll(() => editor.close());

const TRAINS = 'from sklearn.svm import SVC\nmodel = SVC().fit([[0], [1]], [0, 1])\nprint(model.score([[0], [1]], [0, 1]))\n';

it('says what to do without a folder, and hides the button', async () => {
  open = await editor.open(null);
  await open.showHone();
  await open.welcome(/Open the folder with your training script/).waitFor();
  await open.picture('welcome-no-folder');
  expect(await open.button.isVisible()).toBe(false);
});

it('lists scripts in a folder that is not trusted, and runs nothing in it', async () => {
  project = await Project.create('untrusted', { 'train.py': TRAINS });
  open = await editor.open(project.folder);
  await open.showHone();
  await open.row(/train\.py/).waitFor();
  await open.welcome(/Restricted Mode/).waitFor();
  await open.button.filter({ hasText: 'Trust the folder to train' }).click();
  await open.page.getByRole('button', { name: 'Trust', exact: true }).first().waitFor();
  await open.picture('welcome-untrusted');
  await expect(project.journal()).rejects.toThrow('ENOENT');
});

it('offers the interpreter where no container engine answers', async () => {
  project = await Project.create('no-docker', { 'train.py': TRAINS });
  open = await editor.open(project.folder);
  await open.showHone();
  await open.trust();
  await open.welcome(/No container engine answers/).waitFor();
  await open.picture('welcome-no-docker');
  await open.page.getByRole('button', { name: 'Train with My Own Python' }).click();
  await open.pick(/on the PATH/).waitFor();
  await open.picture('choose-interpreter');
});

it('explains, file by file, why nothing was found', async () => {
  project = await Project.create('nothing', { 'clean.py': 'import pandas as pd\n\nprint(pd.__version__)\n' });
  open = await editor.open(project.folder);
  await open.showHone();
  await open.welcome(/Nothing in this folder trains/).waitFor();
  await open.picture('welcome-nothing-found');
  await open.page.getByRole('button', { name: 'Explain File by File' }).click();
  await open.pick(/clean\.py/).waitFor();
  await open.picture('explain-files');
});

it('finds a script as soon as it is written, and forgets it when it is deleted', async () => {
  project = await Project.create('grows', { 'notes.py': '# nothing here yet\n' });
  open = await editor.open(project.folder);
  await open.showHone();
  await open.welcome(/Nothing in this folder trains/).waitFor();
  await project.write('train.py', TRAINS);
  await open.row(/train\.py/).waitFor();
  await project.delete('train.py');
  await open.welcome(/Nothing in this folder trains/).waitFor();
});
