import type { FrameLocator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { THEMES, type EditorWindow } from '../EditorWindow.ts';
import { interpreterSettings } from '../startEditor.ts';
import { useEditor } from '../useEditor.ts';

const settings = interpreterSettings();

describe.skipIf(settings === null)('the model panel', () => {
  const editor = useEditor(settings ?? {});

  it('shows what a model gets wrong, checks its number anew, and answers what is drawn', async () => {
    const project = await editor.sample('digits-cnn');
    const open = await editor.open(project.folder);
    const problems: string[] = [];
    open.page.on('console', (message) => {
      if (message.type() === 'error' && /Content Security Policy|model\.js/.test(message.text())) problems.push(message.text());
    });
    await open.showHone();
    await open.trust();
    await open.openFile('train.py');
    await open.runCommand('Hone: Train This Script');
    await open.row(/digits-cnn-1.*accuracy \d\d\.\d %/).waitFor({ timeout: 120_000 });
    await open.runCommand('View: Hide Panel');
    await open.runCommand('Hone: Look at the Model');
    const panel = open.webview;
    await panel.getByRole('heading', { name: 'digits-cnn-1, trial 0' }).waitFor();
    await panel.getByText(/accuracy \d\d\.\d % of 450 rows of test data: \d+ wrong/).waitFor();
    const matrix = panel.getByRole('table', { name: /Confusion matrix/ });
    const counts = await matrix.locator('tbody td').allInnerTexts();
    expect(counts.map(Number).reduce((sum, count) => sum + count, 0)).toBe(450);

    const check = panel.getByRole('button', { name: 'Check the Number Anew' });
    await check.focus();
    await open.page.keyboard.press('Enter');
    await panel
      .getByText(/Checked outside the container, by TensorFlow\.js on WebAssembly: accuracy .* of 450 rows, the same\./)
      .waitFor();

    const drawing = panel.getByRole('application', { name: /Draw here/ });
    await panel.getByText(/\d ms$/).waitFor();
    await panel.getByRole('button', { name: 'Clear' }).click();
    await drawOne(open, drawing);
    const answer = panel.locator('.answer');
    await expect.poll(() => answer.locator('.headline').innerText()).toBe('1');
    const milliseconds = Number.parseInt(await answer.locator('.hint').innerText(), 10);
    expect(milliseconds).toBeLessThan(1000); // How fast it is, the bench says; this would catch a model loaded anew each time.

    const said: string[] = [];
    await check.focus();
    for (let press = 0; press < 12; press += 1) {
      await open.page.keyboard.press('Tab');
      said.push((await panel.locator(':focus').getAttribute('aria-label')) ?? (await panel.locator(':focus').innerText()));
      if (/Draw here/.test(said.at(-1) ?? '')) break;
    }
    expect(said.join(', ')).toMatch(/Confusion matrix, .*Draw here/);
    await open.page.keyboard.press('ArrowRight');
    await open.page.keyboard.press('Space');
    await panel.getByText('column 2, row 1').waitFor();
    for (const [theme, name] of THEMES) {
      await open.useTheme(theme);
      await panel.getByRole('heading', { level: 1 }).scrollIntoViewIfNeeded();
      await open.picture(`model-${name}`);
    }
    await drawing.scrollIntoViewIfNeeded();
    await open.picture('model-drawing');
    expect(problems).toEqual([]);
  });
});

/** A stroke from top to bottom in the middle of the picture. */
async function drawOne(open: EditorWindow, drawing: ReturnType<FrameLocator['getByRole']>): Promise<void> {
  await drawing.scrollIntoViewIfNeeded();
  const box = await drawing.boundingBox();
  if (box === null) throw new Error('There is nothing to draw on.');
  const at = (x: number, y: number): Promise<void> => open.page.mouse.move(box.x + box.width * x, box.y + box.height * y);
  await at(0.52, 0.08);
  await open.page.mouse.down();
  for (let step = 1; step <= 12; step += 1) await at(0.52, 0.08 + (0.86 * step) / 12);
  await open.page.mouse.up();
}
