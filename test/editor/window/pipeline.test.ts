import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Editor } from '../Editor.ts';
import type { EditorWindow } from '../EditorWindow.ts';
import { Project } from '../Project.ts';
import { startEditor } from '../startEditor.ts';

const execute = promisify(execFile);
const TOKEN = '11a2b3c4d5e6f7';

describe('the Jenkins pipeline', () => {
  let linter: Server;
  let answer = 'Jenkinsfile successfully validated.';
  const posted: string[] = [];
  let editor: Editor;
  let project: Project;
  let open: EditorWindow;

  beforeAll(async () => {
    // Speaks as the linter of Jenkins does: there is none to install here.
    linter = createServer((request, response) => {
      if (request.url !== '/pipeline-model-converter/validate') return void response.writeHead(404).end();
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        posted.push(new URLSearchParams(body).get('jenkinsfile') ?? '');
        response.end(answer);
      });
    });
    await new Promise<void>((resolve) => linter.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(linter.address() as AddressInfo).port}`;
    editor = await startEditor({ 'hone.jenkins.url': url, 'hone.jenkins.user': 'ada' });
  });

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await open.picture(`failure of ${task.name}`);
    await open.close();
    await project.remove();
  });

  afterAll(async () => {
    await editor.close();
    linter.close();
  });

  async function git(...args: readonly string[]): Promise<string> {
    return (await execute('git', args, { cwd: project.folder })).stdout;
  }

  /** Answers the questions after the address, which is set. */
  async function setUpJenkins(): Promise<void> {
    const input = open.page.locator('.quick-input-widget input');
    for (const [title, text] of [['Address of Your Jenkins'], ['Your User There'], ['API Token', TOKEN]] as const) {
      await open.page.locator('.quick-input-title').filter({ hasText: title }).waitFor();
      if (text !== undefined) await input.fill(text);
      await open.page.keyboard.press('Enter');
    }
  }

  it('is asked about, shown, validated, written and committed; what is changed in it stays', async () => {
    project = await Project.sample('digits-sklearn');
    await git('init', '--quiet', '--initial-branch=main');
    await git('config', 'user.name', 'Ada');
    await git('config', 'user.email', 'ada@example.org');
    await git('add', '-A');
    await git('commit', '--quiet', '-m', 'first');
    open = await editor.open(project.folder);
    await open.showHone();
    await open.trust();
    await open.runCommand('Hone: Create Jenkins Pipeline');
    await open.pick(/Kind.*one pipeline/).waitFor();
    await open.picture('pipeline-questions');
    await open.pick(/Agents.*any/).click();
    await open.page.locator('.quick-input-title').filter({ hasText: 'Which agents' }).waitFor();
    await open.page.locator('.quick-input-widget input').fill('docker');
    await open.page.keyboard.press('Enter');
    await open.pick(/Agents.*docker/).waitFor();
    await open.page.keyboard.press('Enter');
    const preview = open.page.getByRole('tab', { name: /^Jenkinsfile: new/ });
    await preview.waitFor();
    await open.page.locator('.view-line').filter({ hasText: "label 'docker'" }).first().waitFor();
    await open.picture('pipeline-preview');
    expect(await git('status', '--porcelain')).toBe('');

    answer = `Errors encountered validating Jenkinsfile:\nWorkflowScript: 5: Agents are out @ line 5, column 5.\n   node {\n   ^\n`;
    await open.runCommand('Hone: Validate on My Jenkins');
    await setUpJenkins();
    await open.notification(/does not accept Jenkinsfile: Agents are out/);
    expect(posted.at(-1)).toContain("label 'docker'");
    await open.page.locator('.squiggly-error').first().waitFor();
    await open.page.keyboard.press('Escape');

    await open.runCommand('Hone: Write and Commit the Jenkins Pipeline');
    await preview.waitFor({ state: 'detached' });
    await expect.poll(() => git('log', '--format=%s', '-1')).toBe('Train and tune on Jenkins\n');
    expect(await git('status', '--porcelain')).toBe('');
    expect((await git('show', '--name-only', '--format=')).trim().split('\n')).toEqual([
      'Jenkinsfile',
      'Jenkinsfile.monitor',
      'jenkins/generated.json',
      'jenkins/hone.sh',
    ]);
    expect(posted.at(-1)).toBe(await project.read('Jenkinsfile'));

    await project.write('Jenkinsfile', (await project.read('Jenkinsfile')).replace('H/15', 'H/3'));
    await project.write(
      'jenkins/generated.json',
      (await project.read('jenkins/generated.json')).replace('"docker"', '"gpu-box"'),
    );
    await open.page.locator('.codelens-decoration a').filter({ hasText: 'Regenerate' }).first().click();
    await open.page.getByRole('tab', { name: /^Jenkinsfile: yours ↔ generated/ }).waitFor();
    await open.picture('pipeline-regenerate');
    await open.runCommand('Hone: Write the Jenkins Pipeline');
    await expect.poll(() => project.read('Jenkinsfile')).toContain("label 'gpu-box'");
    expect(await project.read('Jenkinsfile')).toContain('H/3');
  });
});
