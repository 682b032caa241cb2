import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Editor } from '../Editor.ts';
import { Project } from '../Project.ts';
import { dockerSettings, startEditor } from '../startEditor.ts';

const settings = dockerSettings();
/** A first build downloads. */
const BUILD_MS = 600_000;

describe.skipIf(settings === null)('training in a container', () => {
  let editor: Editor;
  let project: Project;

  beforeAll(async () => {
    editor = await startEditor({ ...settings, 'workbench.colorTheme': 'Default Dark Modern' });
    project = await Project.sample('digits-cnn');
  });

  afterAll(async () => {
    await editor.close();
    await project.remove();
  });

  it('builds the image, trains in it, and shows epochs and accuracy', { timeout: BUILD_MS + 120_000 }, async () => {
    const open = await editor.open(project.folder);
    await open.showHone();
    await open.trust();
    await open.openFile('train.py');
    await open.button.filter({ hasText: 'Train train.py' }).click();
    await open.row(/digits-cnn-1/).waitFor({ timeout: 60_000 });
    await open.page.waitForTimeout(3000);
    await open.picture('docker-preparing');
    await open.button.filter({ hasText: /epoch \d+\/12/ }).waitFor({ timeout: BUILD_MS });
    await open.picture('docker-running');
    await open.row(/digits-cnn-1.*\d\d\.\d % · test/).waitFor({ timeout: 120_000 });
    await open.row(/Epochs/).click();
    await open.row(/Epoch 12/).waitFor();
    await open.picture('docker-result');
    const ready = (await project.journal()).find(({ type }) => type === 'environment-ready');
    expect(ready?.['image']).toMatch(/^hone\/keras:[0-9a-f]{12}$/);
    await open.close();
  });
});
