import { chromium, type Browser, type BrowserContext } from 'playwright-core';
import { CodeServer } from './CodeServer.ts';
import { QUIET_SETTINGS, type Editor, type EditorOptions } from './Editor.ts';
import { EditorWindow } from './EditorWindow.ts';

export const CHROMIUM = process.env['HONE_CHROMIUM'] ?? '/usr/bin/chromium';

/** They keep a browser that is not allowed out from trying. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** VS Code's workbench in a headless browser, its extension host on a server of this machine. */
export class CodeServerEditor implements Editor {
  readonly #server: CodeServer;
  readonly #browser: Browser;
  readonly #context: BrowserContext;
  readonly #extension: string;

  private constructor(server: CodeServer, browser: Browser, context: BrowserContext, extension: string) {
    this.#server = server;
    this.#browser = browser;
    this.#context = context;
    this.#extension = extension;
  }

  static async start({ settings, extension }: EditorOptions): Promise<CodeServerEditor> {
    const server = await CodeServer.start({ ...QUIET_SETTINGS, ...settings });
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: [...CHROMIUM_FLAGS] });
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    return new CodeServerEditor(server, browser, context, extension);
  }

  async open(folder: string | null): Promise<EditorWindow> {
    const page = await this.#context.newPage();
    await page.goto(this.#server.address(folder, this.#extension));
    await page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
    return new EditorWindow(page, () => page.close({ runBeforeUnload: false }));
  }

  kill(): Promise<void> {
    return this.#server.kill();
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#server.stop();
  }
}
