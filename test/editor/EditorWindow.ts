import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';

/** Where screenshots are kept. */
const PICTURES = join(import.meta.dirname, '..', '..', 'test-results', 'editor');

/** A window of VS Code, as a person sees and uses it. */
export class EditorWindow {
  readonly page: Page;
  readonly #close: () => Promise<void>;

  constructor(page: Page, close: () => Promise<void>) {
    this.page = page;
    this.#close = close;
  }

  /** Hone's button in the status bar. */
  get button(): Locator {
    return this.page.locator('.statusbar-item[id$="hone.run"]');
  }

  /** The text of the button, without its icon. */
  async buttonText(): Promise<string> {
    return (await this.button.innerText()).trim();
  }

  /** A row of one of Hone's trees whose text matches. */
  row(text: RegExp): Locator {
    return this.page.locator('.composite.viewlet .monaco-list-row').filter({ hasText: text });
  }

  /** The text of a view that has nothing to list. */
  welcome(text: RegExp): Locator {
    return this.page.locator('.welcome-view').filter({ hasText: text });
  }

  /** There when the cursor is on a line. */
  line(number: number): Locator {
    return this.page.locator('.statusbar-item').filter({ hasText: `Ln ${number},` });
  }

  /** A row of the list that a command asks with. */
  pick(text: RegExp): Locator {
    return this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: text }).first();
  }

  /** A message in the notification centre, which this opens: the editor shows no toasts to a test driver. */
  async notification(text: RegExp): Promise<Locator> {
    const centre = this.page.locator('.notifications-center.visible');
    const message = centre.locator('.notification-list-item').filter({ hasText: text });
    if (!(await centre.isVisible())) await this.page.locator('.statusbar-item[id="status.notifications"]').click();
    await message.waitFor();
    return message;
  }

  /** Clicks a link in the terminal, as people do: with Ctrl held. */
  async followTerminalLink(text: RegExp): Promise<void> {
    const box = await this.page.locator('.xterm-rows > div').filter({ hasText: text }).first().boundingBox();
    if (box === null) throw new Error(`The terminal shows no ${text}.`);
    const [x, y] = [box.x + 60, box.y + box.height / 2];
    await this.page.mouse.move(x + 10, y);
    await this.page.waitForTimeout(1000); // Links are looked for under a resting pointer.
    await this.page.keyboard.down('Control');
    await this.page.mouse.move(x, y);
    await this.page.waitForTimeout(500);
    await this.page.mouse.click(x, y);
    await this.page.keyboard.up('Control');
  }

  /** Confirms a path in the file dialog. */
  async enterPath(path: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget input');
    await input.fill(`${path}/`);
    await this.page
      .locator('.quick-input-widget')
      .getByRole('button', { name: /Copy It Here|OK/ })
      .click();
  }

  /** Records each text that the row of a study shows, with its time; call the result to read what was recorded. */
  async watchRow(study: string): Promise<() => Promise<readonly { readonly text: string; readonly time: number }[]>> {
    const source = await readFile(join(import.meta.dirname, 'recordRow.browser.js'), 'utf8');
    await this.page.evaluate(`(${source.slice(source.indexOf('('), source.lastIndexOf(';'))})(${JSON.stringify(study)})`);
    return () => this.page.evaluate('recordedRows');
  }

  /** Opens Hone's side bar. */
  async showHone(): Promise<void> {
    const tab = this.page.getByRole('tab', { name: 'Hone', exact: true });
    await tab.waitFor({ timeout: 30_000 });
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
    await this.row(/./).or(this.page.locator('.welcome-view')).first().waitFor();
  }

  /** Trusts the folder the way a person does: through the editor behind the status bar's "Restricted Mode". */
  async trust(): Promise<void> {
    await this.page.locator('.statusbar-item').filter({ hasText: 'Restricted Mode' }).click();
    await this.page.getByRole('button', { name: 'Trust', exact: true }).first().click();
    await this.page.locator('.statusbar-item').filter({ hasText: 'Restricted Mode' }).waitFor({ state: 'detached' });
    await this.page
      .locator('.monaco-modal-editor-block')
      .getByRole('button', { name: /^Close/ })
      .first()
      .click();
  }

  /** Runs a command of the palette by its full title. */
  async runCommand(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    const input = this.page.locator('.quick-input-widget input');
    await input.fill(`>${title}`);
    await this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: title }).first().click();
  }

  /** Opens a file by its name. */
  async openFile(name: string): Promise<void> {
    await this.page.keyboard.press('Control+P');
    await this.page.locator('.quick-input-widget input').fill(name);
    await this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: name }).first().click();
    await this.page.getByRole('tab', { name: new RegExp(name) }).waitFor();
  }

  /** Keeps a picture of the window, for people to look at. */
  async picture(name: string): Promise<void> {
    await mkdir(PICTURES, { recursive: true });
    await this.page.mouse.move(640, 2); // Away from what shows a hover.
    await this.page.waitForTimeout(500); // Lists and messages fade in.
    await this.page.screenshot({ path: join(PICTURES, `${name}.png`) });
  }

  async close(): Promise<void> {
    await this.#close();
  }
}
