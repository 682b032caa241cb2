import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';

/** Where screenshots are kept. */
const PICTURES = join(import.meta.dirname, '..', '..', 'test-results', 'editor');

/** What is looked at in colours that differ most, and how its pictures are called. */
export const THEMES = [
  ['Light Modern', 'light'],
  ['Dark High Contrast', 'high-contrast'],
  ['Dark Modern', 'dark'],
] as const;

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

  /** The page inside the panel that is open. */
  get webview(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  }

  /** There when the cursor is on a line. */
  line(number: number): Locator {
    return this.page.locator('.statusbar-item').filter({ hasText: `Ln ${number},` });
  }

  /** There when the status bar says just this of the cursor: `Ln 2, Col 5 (3 selected)`. */
  selection(text: string): Locator {
    return this.page.locator('.statusbar-item').getByText(text, { exact: true });
  }

  /** Opens the node of a tree whose row matches; again where a redraw has closed it. */
  async expand(text: RegExp): Promise<void> {
    const row = this.row(text).first();
    for (let look = 0; look < 20; look += 1) {
      if ((await row.getAttribute('aria-expanded')) === 'true') return;
      await row.locator('.monaco-tl-twistie').click();
      await this.page.waitForTimeout(700); // Redraws are gathered for a fifth of a second.
    }
    throw new Error(`No node ${String(text)} stays open.`);
  }

  /** Rests the pointer on the first word of the open file that reads so. */
  async hoverOver(word: string): Promise<void> {
    await this.page.mouse.move(640, 2);
    const span = this.page.locator('.view-line span').getByText(word, { exact: true }).first();
    const box = await this.#boxOf(span, word);
    await this.page.mouse.move(box.x + box.width / 2 - 4, box.y + box.height / 2);
    await this.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  }

  /** Where a word of the code is: it is drawn anew while it is coloured. */
  async #boxOf(span: Locator, word: string): Promise<{ x: number; y: number; width: number; height: number }> {
    for (let look = 0; look < 10; look += 1) {
      await span.waitFor();
      const box = await span.boundingBox();
      if (box !== null) return box;
      await this.page.waitForTimeout(300);
    }
    throw new Error(`The editor shows no ${word}.`);
  }

  /** Opens the menu of a row, and chooses from it; a picture is taken between where it has a name. */
  async chooseFromMenu(row: Locator, title: string, picture: string | null = null): Promise<void> {
    await row.click({ button: 'right' });
    const entry = this.page.locator('.monaco-menu').getByText(title, { exact: true });
    await entry.waitFor();
    if (picture !== null) await this.picture(picture);
    await this.page.waitForTimeout(500); // A click that comes with the menu is taken for the one that opened it.
    await entry.click();
  }

  /** What a hover in the code says. */
  hover(text: RegExp): Locator {
    return this.page.locator('.monaco-hover:visible').filter({ hasText: text });
  }

  /** A row of the list that a command asks with. */
  pick(text: RegExp): Locator {
    return this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: text }).first();
  }

  /** A message in the notification centre, which this opens: the editor shows no toasts to a test driver, and hides the centre with its last message. */
  async notification(text: RegExp): Promise<Locator> {
    const centre = this.page.locator('.notifications-center.visible');
    const message = centre.locator('.notification-list-item').filter({ hasText: text }).first();
    for (let look = 0; look < 30; look += 1) {
      if (await message.isVisible()) return message;
      if (!(await centre.isVisible())) {
        await this.page.locator('.statusbar-item[id="status.notifications"]').click();
        await this.page.mouse.move(640, 2); // The bell's own hover would cover the message's buttons.
      }
      await this.page.waitForTimeout(1000);
    }
    throw new Error(`No message says ${String(text)}.`);
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
    await this.pick(/^\.\.$/).waitFor(); // Until it lists a folder, it writes that folder over what is typed.
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

  /** Runs a command of the palette by its full title. The palette lists what could be run when it opened, so it is opened until it lists this. */
  async runCommand(title: string): Promise<void> {
    const entry = this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: title }).first();
    for (let look = 0; look < 10; look += 1) {
      await this.page.keyboard.press('F1');
      await this.page.locator('.quick-input-widget input').fill(`>${title}`);
      const listed = await entry.waitFor({ timeout: 3000 }).then(
        () => true,
        () => false,
      );
      if (listed) return entry.click();
      await this.page.keyboard.press('Escape');
    }
    throw new Error(`The palette does not list ${title}.`);
  }

  /** Takes a colour theme by its name. */
  async useTheme(name: string): Promise<void> {
    await this.runCommand('Preferences: Color Theme');
    await this.page.locator('.quick-input-widget input').fill(name);
    await this.pick(new RegExp(name)).click();
  }

  /** Opens a file by its name. */
  async openFile(name: string): Promise<void> {
    await this.page.keyboard.press('Control+P');
    await this.page.locator('.quick-input-widget input').fill(name);
    await this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: name }).first().click();
    await this.page.getByRole('tab', { name: new RegExp(name) }).waitFor();
  }

  /** Keeps a picture of the window, for people to look at. */
  async picture(name: string, { keepPointer = false } = {}): Promise<void> {
    await mkdir(PICTURES, { recursive: true });
    if (!keepPointer) await this.page.mouse.move(640, 2); // Away from what shows a hover.
    await this.page.waitForTimeout(500); // Lists and messages fade in.
    await this.page.screenshot({ path: join(PICTURES, `${name}.png`) });
  }

  async close(): Promise<void> {
    await this.#close();
  }
}
