import { describe, expect, it } from 'vitest';
import type { EditorWindow } from '../EditorWindow.ts';
import type { Project } from '../Project.ts';
import { interpreterSettings } from '../startEditor.ts';
import { useEditor } from '../useEditor.ts';

const settings = interpreterSettings();

describe.skipIf(settings === null)('what can be done about a failure', () => {
  const editor = useEditor(settings ?? {});

  async function train(project: Project): Promise<EditorWindow> {
    const open = await editor.open(project.folder);
    await open.showHone();
    await open.trust();
    await open.openFile('train.py');
    await open.button.filter({ hasText: 'Train train.py' }).click();
    return open;
  }

  it('opens hone.yaml at the line that is wrong', async () => {
    const project = await editor.project('configured', {
      'train.py': NEEDS_DATA,
      'hone.yaml': 'direction: maximize\ntaget: 0.9\n',
    });
    const open = await train(project);
    const message = await open.notification(/hone\.yaml, line 2: Unknown key "taget"/);
    await message.getByRole('button', { name: 'Open hone.yaml' }).click();
    await open.line(2).waitFor();
    await open.page.getByRole('tab', { name: /hone\.yaml/ }).waitFor();
  });

  it('opens the settings of the machine that trains', async () => {
    const project = await editor.project('remote', { 'train.py': NEEDS_DATA });
    const open = await editor.open(project.folder);
    await open.showHone();
    await open.trust();
    await open.runCommand('Hone: Open Settings');
    await open.page.getByText('Docker: Host', { exact: false }).first().waitFor();
    await open.picture('settings');
  });

  it('offers to show data that lies beside the folder, keeps what is typed in hone.yaml, and trains again', async () => {
    const script = NEEDS_DATA.replace('required=True', 'default="x"').replace(
      'X, y',
      'print(open("../sets/rows.csv").read())\nX, y',
    );
    const project = await editor.project('sets-beside', { 'train.py': script, 'hone.yaml': '# ours\ndirection: maximize\n' });
    await project.writeBeside('sets/rows.csv', 'the rows\n');
    const open = await train(project);
    await open.button.filter({ hasText: 'sets-beside-1 failed' }).waitFor({ timeout: 60_000 });
    await open.openFile('hone.yaml');
    const message = await open.notification(/needs .*sets, which Hone shows to no run until you allow it/);
    await open.picture('data-offered');
    await message.getByRole('button', { name: /^Allow Reading .*sets and Train Again$/ }).click();
    await open.row(/sets-beside-2.*accuracy \d+\.\d %/).waitFor({ timeout: 60_000 });
    await open.picture('data-allowed');
    expect(await project.read('hone.yaml')).toMatch(/^# ours\ndirection: maximize\ndata: \[.*sets\]\n$/);
  });

  it('asks which configuration of launch.json starts the script, once', async () => {
    const launch = (name: string, word: string): object => ({
      name,
      type: 'debugpy',
      request: 'launch',
      program: '${workspaceFolder}/train.py',
      args: ['--data', word],
    });
    const configurations = [launch('Train small', 'small'), launch('Train big', 'big')];
    const project = await editor.project('launched', {
      'train.py': NEEDS_DATA,
      '.vscode/launch.json': JSON.stringify({ configurations }),
    });
    const open = await train(project);
    await open.pick(/Train big/).waitFor();
    await open.picture('launch-question');
    await open.pick(/Train big/).click();
    await open.row(/launched-1.*accuracy \d+\.\d %/).waitFor({ timeout: 60_000 });
    await open.runCommand('Hone: Train');
    await open.row(/launched-2.*accuracy \d+\.\d %/).waitFor({ timeout: 60_000 });
    const created = (await project.journal()).find(({ type }) => type === 'study-created');
    expect(created).toMatchObject({ arguments: ['--data', 'big'], argumentSource: 'launch.json' });
  });

  it('asks for missing arguments, runs again in the same terminal, and hands out what was written', async () => {
    const project = await editor.project('args', { 'train.py': NEEDS_DATA });
    const open = await train(project);
    // The notification centre does not stay open while there is nothing in it.
    await open.button.filter({ hasText: 'args-1 failed' }).waitFor({ timeout: 60_000 });
    const message = await open.notification(/cannot run without --data/);
    await message.getByRole('button', { name: 'Enter Arguments…' }).click();
    const input = open.page.locator('.quick-input-widget input');
    await input.fill('--data "two words.csv"');
    await input.press('Enter');
    await open.pick(/Only This Time/).waitFor();
    await open.picture('arguments-kept');
    await open.pick(/Keep in hone\.yaml/).click();
    await open.row(/args-2.*accuracy \d+\.\d %/).waitFor({ timeout: 60_000 });
    await open.picture('arguments-entered');
    expect(await project.read('hone.yaml')).toBe('args: [--data, two words.csv]\n');
    expect(await open.page.locator('.terminal-tabs-entry').count()).toBe(0); // Listed where there are several.
    await open.row(/Files/).first().click();
    await open.row(/two words\.csv\.pkl/).click();
    await (await open.notification(/is no text/)).getByRole('button', { name: 'Save a Copy…' }).click();
    await open.page.getByText('Save a Copy of two words.csv.pkl').first().waitFor();
    await open.picture('save-a-copy');
  });
});

const NEEDS_DATA = `import argparse
import pickle

from sklearn.datasets import load_iris
from sklearn.svm import SVC

parser = argparse.ArgumentParser()
parser.add_argument("--data", required=True)
args = parser.parse_args()
X, y = load_iris(return_X_y=True)
model = SVC().fit(X, y)
print("Accuracy:", model.score(X, y))
with open(args.data + ".pkl", "wb") as file:
    pickle.dump(model, file)
`;
