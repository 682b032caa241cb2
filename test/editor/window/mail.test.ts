import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD, serveMail, USER, type MailServer } from '../../integration/mail/serveMail.ts';
import type { Editor } from '../Editor.ts';
import type { EditorWindow } from '../EditorWindow.ts';
import { Project } from '../Project.ts';
import { interpreterSettings, startEditor } from '../startEditor.ts';

const settings = interpreterSettings();
const TRAINS =
  'from sklearn.svm import SVC\nmodel = SVC().fit([[0], [1]], [0, 1])\nprint("accuracy", model.scores([[0], [1]], [0, 1]))\n';

describe.skipIf(settings === null)('mail', () => {
  const before = process.env['XDG_STATE_HOME'];
  let server: MailServer;
  let state: string;
  let editor: Editor;
  let project: Project;
  let open: EditorWindow;
  let isTrusted = false;

  beforeAll(async () => {
    server = await serveMail();
    state = await mkdtemp(join(tmpdir(), 'hone-state-'));
    process.env['XDG_STATE_HOME'] = state;
    editor = await startEditor({ ...settings, 'hone.images.caBundle': server.caBundle });
    project = await Project.create('mailed', { 'train.py': TRAINS });
    open = await editor.open(project.folder);
  });

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await open.picture(`failure of ${task.name}`);
  });

  afterAll(async () => {
    await open.close();
    await editor.close();
    await project.remove();
    await server.close();
    await rm(state, { recursive: true });
    if (before === undefined) delete process.env['XDG_STATE_HOME'];
    else process.env['XDG_STATE_HOME'] = before;
  });

  /** Answers the question that is open, and waits for the next one. */
  async function answer(step: number, text: string): Promise<void> {
    await open.page.getByText(`Set Up Mail (${step}/6)`).waitFor();
    await open.page.locator('.quick-input-widget input').fill(text);
    await open.page.keyboard.press('Enter');
  }

  async function answerAll(password: string): Promise<void> {
    await answer(1, 'localhost');
    await open.page.getByText('Set Up Mail (2/6)').waitFor();
    await open.pick(/STARTTLS/).click();
    await answer(3, String(server.port));
    await answer(4, USER);
    await answer(5, password);
    await answer(6, 'ada@example.org');
  }

  it('is set up step by step, says what is wrong, keeps what was refused, and sends it once the password is right', async () => {
    await open.showHone();
    if (!isTrusted) await open.trust();
    isTrusted = true;
    await open.runCommand('Hone: Set Up Mail');
    await answerAll('guess-12');
    const wrong = await open.notification(/refuses the user or the password: 535/);
    await open.picture('mail-refused');
    await wrong.getByRole('button', { name: 'Keep It Anyway' }).click();
    await open.notification(/Mail is set up as you entered it/);

    await open.openFile('train.py');
    await open.button.filter({ hasText: 'Train train.py' }).click();
    const refused = open.page.locator('.statusbar-item[id$="hone.mail"]').filter({ hasText: '1 refused' });
    await refused.waitFor({ timeout: 60_000 });
    await open.picture('mail-kept');
    expect(server.taken).toEqual([]);

    await refused.click();
    await answerAll(PASSWORD);
    await open.notification(/Mail works: a test went to ada@example\.org through localhost/);
    await open.picture('mail-works');
    await refused.waitFor({ state: 'hidden' });
    const [test, mail] = server.taken;
    expect([test?.email.subject, mail?.email.subject]).toEqual(['Hone: Mail works', 'Hone: mailed-1 failed']);
    expect(mail?.email.text).toContain("AttributeError: 'SVC' object has no attribute 'scores' (train.py, line 3)");
  });

  it('reaches the supervisor with its password, which no file holds', async () => {
    await open.runCommand('Hone: Train This Script');
    await expect.poll(() => server.taken.length, { timeout: 60_000 }).toBe(3);
    expect(server.taken[2]?.email.subject).toBe('Hone: mailed-2 failed');
    for (const folder of [project.folder, state]) {
      for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
        if (entry.isFile()) expect(await readFile(join(entry.parentPath, entry.name), 'utf8')).not.toContain(PASSWORD);
      }
    }
  });
});
