import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { THEMES } from '../EditorWindow.ts';
import { interpreterSettings } from '../startEditor.ts';
import { useEditor } from '../useEditor.ts';

const settings = interpreterSettings();

describe.skipIf(settings === null)('the study panel', () => {
  const editor = useEditor(settings ?? {});

  it('shows a study while it searches and when it is done, by keyboard alone', async () => {
    const project = await editor.sample('digits-sklearn');
    await project.write('hone.yaml', 'strategy: candidates\ncandidates:\n  - {gamma: 0.1}\n  - {gamma: 0.001}\n');
    const open = await editor.open(project.folder);
    const problems: string[] = [];
    open.page.on('console', (message) => {
      if (message.type() === 'error' && /Content Security Policy|panel\.js/.test(message.text())) problems.push(message.text());
    });
    await open.showHone();
    await open.trust();
    await open.openFile('train.py');
    await open.line(1).waitFor(); // The palette lists what fits the file that has the focus.
    await open.runCommand('Hone: Tune This Script');
    await open.pick(/Target.*95 %/).waitFor();
    await open.pick(/Start Tuning/).click();
    await open.row(/digits-sklearn-1/).waitFor({ timeout: 60_000 });
    await open.runCommand('Hone: Open the Study Panel');
    const panel = open.webview;
    await panel.getByRole('heading', { name: 'digits-sklearn-1' }).waitFor();
    await panel.getByRole('button', { name: 'Good Enough' }).waitFor();
    await panel.getByRole('row', { name: /0 \(baseline/ }).waitFor({ timeout: 60_000 });
    await open.runCommand('View: Hide Panel');
    await open.picture('panel-running');
    await panel.getByRole('button', { name: 'Good Enough' }).waitFor({ state: 'detached', timeout: 120_000 });
    await panel
      .getByText(/average of 5 fresh seeds/)
      .first()
      .waitFor();
    expect(await panel.getByRole('status').innerText()).toMatch(/accuracy 9\d\.\d %/);

    await panel.getByRole('button', { name: 'Export a Report…' }).focus();
    const focused = panel.locator(':focus');
    const said: string[] = [];
    for (let press = 0; press < 20; press += 1) {
      await open.page.keyboard.press('Tab');
      said.push((await focused.getAttribute('aria-label')) ?? (await focused.innerText()));
      if (said.at(-1) === 'Compare trial 2') break;
      if (said.at(-1) === 'Compare trial 0') await open.page.keyboard.press('Space');
    }
    expect(said.join(', ')).toMatch(/Trials, Trial, Value ▼, Time, Repeats, /);
    await open.page.keyboard.press('Space');
    if (!said.includes('Compare trial 0')) {
      while ((await focused.getAttribute('aria-label')) !== 'Compare trial 0') await open.page.keyboard.press('Tab');
      await open.page.keyboard.press('Space');
    }
    await panel.getByRole('table', { name: 'What differs' }).waitFor();
    expect(await focused.getAttribute('aria-label')).toMatch(/^Compare trial/);
    for (const [theme, name] of THEMES) {
      await open.useTheme(theme);
      await panel.getByRole('heading', { level: 1 }).scrollIntoViewIfNeeded();
      await open.picture(`panel-${name}`);
      await panel.getByRole('table', { name: 'What differs' }).scrollIntoViewIfNeeded();
      await open.picture(`panel-${name}-table`);
    }

    await panel.getByRole('button', { name: 'Export a Report…' }).focus();
    await open.page.keyboard.press('Enter');
    await open.page
      .locator('.quick-input-widget')
      .getByRole('button', { name: /OK|Save/ })
      .click();
    await expect
      .poll(() => readFile(join(project.folder, 'digits-sklearn-1.html'), 'utf8').catch(() => ''))
      .toContain('<h1>digits-sklearn-1</h1>');

    await open.page.getByRole('tab', { name: /train.py/ }).click();
    await open.page.locator('.view-line').getByText('best 0.001', { exact: true }).waitFor();
    await open.picture('best-values');

    await open.page.reload();
    await open.page.getByRole('tab', { name: 'digits-sklearn-1' }).click();
    await panel
      .getByText(/average of 5 fresh seeds/)
      .first()
      .waitFor({ timeout: 60_000 });
    expect(problems).toEqual([]);
  }, 300_000);

  it('tells from 20 trials on what good ones have in common, and what made a difference', async () => {
    const project = await editor.sample('digits-sklearn');
    const candidates = [0.00001, 0.0001, 0.001, 0.003, 0.03, 0.1].flatMap((gamma) =>
      [0.5, 1, 2, 5].map((C) => `  - {gamma: ${gamma}, C: ${C}}\n`),
    );
    await project.write('hone.yaml', `strategy: candidates\ncandidates:\n${candidates.join('')}`);
    const open = await editor.open(project.folder);
    await open.showHone();
    await open.trust();
    await open.openFile('train.py');
    await open.line(1).waitFor();
    await open.runCommand('Hone: Tune This Script');
    await open.pick(/Target/).click();
    await open.pick(/The Best in the Time/).click();
    await open.pick(/Start Tuning/).click();
    await open.row(/digits-sklearn-1/).waitFor({ timeout: 60_000 });
    await open.runCommand('Hone: Open the Study Panel');
    const panel = open.webview;
    const table = panel.getByRole('table', { name: 'What made a difference' });
    await table.getByRole('row', { name: /^SVC\.gamma \d+ %/ }).waitFor({ timeout: 120_000 });
    await open.runCommand('View: Hide Panel');
    expect(await panel.locator('svg.parallel').getAttribute('aria-label')).toMatch(/^2\d trials over SVC\.gamma, SVC\.C, /);
    expect(
      await panel
        .locator('td.bar rect')
        .first()
        .evaluate((one) => one.getBoundingClientRect().width),
    ).toBeGreaterThan(50);
    for (const [theme, name] of THEMES) {
      await open.useTheme(theme);
      await table.scrollIntoViewIfNeeded();
      await open.picture(`panel-${name}-importance`);
    }
  }, 300_000);
});
