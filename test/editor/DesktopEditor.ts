import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { _electron, type ElectronApplication } from 'playwright-core';
import { QUIET_SETTINGS, type Editor, type EditorOptions } from './Editor.ts';
import { EditorWindow } from './EditorWindow.ts';

/** The desktop VS Code, where it can be downloaded. */
export class DesktopEditor implements Editor {
  readonly #executable: string;
  readonly #data: string;
  readonly #extension: string;
  readonly #windows = new Set<ElectronApplication>();

  private constructor(executable: string, data: string, extension: string) {
    this.#executable = executable;
    this.#data = data;
    this.#extension = extension;
  }

  static async start({ settings, extension }: EditorOptions): Promise<DesktopEditor> {
    const executable = await downloadAndUnzipVSCode('stable');
    const data = await mkdtemp(join(tmpdir(), 'hone-editor-'));
    await mkdir(join(data, 'User'), { recursive: true });
    const desktop = {
      'security.workspace.trust.startupPrompt': 'never',
      'window.titleBarStyle': 'custom',
      'files.simpleDialog.enable': true,
    };
    await writeFile(join(data, 'User', 'settings.json'), JSON.stringify({ ...QUIET_SETTINGS, ...desktop, ...settings }));
    return new DesktopEditor(executable, data, extension);
  }

  async open(folder: string | null): Promise<EditorWindow> {
    const flags = [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-updates',
      '--skip-welcome',
      '--skip-release-notes',
      `--user-data-dir=${this.#data}`,
    ];
    const args = [...flags, `--extensionDevelopmentPath=${this.#extension}`, ...(folder === null ? [] : [folder])];
    const application = await _electron.launch({ executablePath: this.#executable, args });
    this.#windows.add(application);
    const page = await application.firstWindow();
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
    return new EditorWindow(page, async () => {
      this.#windows.delete(application);
      await application.close();
    });
  }

  async kill(): Promise<void> {
    for (const application of this.#windows) {
      const ended = application.waitForEvent('close');
      application.process().kill('SIGKILL');
      await ended;
    }
    this.#windows.clear();
  }

  async close(): Promise<void> {
    for (const application of this.#windows) await application.close();
    await rm(this.#data, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
