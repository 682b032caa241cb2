import { expect, it } from 'vitest';
import { useEditor } from '../useEditor.ts';

const editor = useEditor({ 'hone.docker.host': 'unix:///nonexistent/docker.sock' });

const TRAINS = 'from sklearn.svm import SVC\nmodel = SVC().fit([[0], [1]], [0, 1])\nprint(model.score([[0], [1]], [0, 1]))\n';

it('says what to do without a folder, and hides the button', async () => {
  const open = await editor.open(null);
  await open.showHone();
  await open.welcome(/Open the folder with your training script/).waitFor();
  await open.picture('welcome-no-folder');
  expect(await open.button.isVisible()).toBe(false);
});

it('lists scripts in a folder that is not trusted, and runs nothing in it', async () => {
  const project = await editor.project('untrusted', { 'train.py': TRAINS });
  const open = await editor.open(project.folder);
  await open.showHone();
  await open.row(/train\.py/).waitFor();
  await open.welcome(/Restricted Mode/).waitFor();
  await open.button.filter({ hasText: 'Trust the folder to train' }).click();
  await open.page.getByRole('button', { name: 'Trust', exact: true }).first().waitFor();
  await open.picture('welcome-untrusted');
  await expect(project.journal()).rejects.toThrow('ENOENT');
});

it('offers the interpreter where no container engine answers', async () => {
  const project = await editor.project('no-docker', { 'train.py': TRAINS });
  const open = await editor.open(project.folder);
  await open.showHone();
  await open.trust();
  await open.welcome(/No container engine answers/).waitFor();
  await open.picture('welcome-no-docker');
  await open.page.getByRole('button', { name: 'Train with My Own Python' }).click();
  await open.pick(/on the PATH/).waitFor();
  await open.picture('choose-interpreter');
});

it('explains, file by file, why nothing was found', async () => {
  const project = await editor.project('nothing', { 'clean.py': 'import pandas as pd\n\nprint(pd.__version__)\n' });
  const open = await editor.open(project.folder);
  await open.showHone();
  await open.welcome(/Nothing in this folder trains/).waitFor();
  await open.picture('welcome-nothing-found');
  await open.page.getByRole('button', { name: 'Explain File by File' }).click();
  await open.pick(/clean\.py/).waitFor();
  await open.picture('explain-files');
});

it('finds a script as soon as it is written, and forgets it when it is deleted', async () => {
  const project = await editor.project('grows', { 'notes.py': '# nothing here yet\n' });
  const open = await editor.open(project.folder);
  await open.showHone();
  await open.welcome(/Nothing in this folder trains/).waitFor();
  await project.write('train.py', TRAINS);
  await open.row(/train\.py/).waitFor();
  await project.delete('train.py');
  await open.welcome(/Nothing in this folder trains/).waitFor();
});
