import { existsSync, realpathSync } from 'node:fs';
import { basename, delimiter, dirname, join, relative } from 'node:path';
import { ConfigurationTarget, QuickPickItemKind, window, workspace, type QuickPickItem } from 'vscode';
import { HoneError } from '../../base/HoneError.ts';
import { SETTING_KEYS } from '../settings/EditorSettings.ts';
import { activeInterpreter } from './activeInterpreter.ts';

interface InterpreterItem extends QuickPickItem {
  /** Null opens the file dialog. */
  readonly path: string | null;
}

/** Asks for an interpreter and sets Hone to train with it instead of a container. Throws cancelled. */
export async function chooseInterpreter(folders: readonly string[]): Promise<void> {
  const found = await findInterpreters(folders);
  const items: InterpreterItem[] = [
    ...found,
    { label: '', kind: QuickPickItemKind.Separator, path: null },
    { label: '$(folder-opened) Browse…', path: null },
  ];
  const title = 'Hone: Train with My Own Python';
  const placeHolder = 'Your training runs in this interpreter, with what is installed in it, and without a container around it';
  const picked = await window.showQuickPick(items, { title, placeHolder, matchOnDescription: true });
  if (picked === undefined) throw new HoneError('cancelled', 'No interpreter was picked.');
  await save(picked.path ?? (await browse()), folders);
}

async function findInterpreters(folders: readonly string[]): Promise<readonly InterpreterItem[]> {
  const inside = process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python'];
  const found = new Map<string, InterpreterItem>();
  const add = (path: string | null, description: string): void => {
    if (path === null || !existsSync(path)) return;
    // /bin may be /usr/bin; the file itself is not followed, since that would lead out of a virtual environment.
    const key = join(realpathSync(dirname(path)), basename(path));
    if (!found.has(key)) found.set(key, { label: path, description, path });
  };
  for (const folder of folders) {
    add(await activeInterpreter(folder), 'selected in the Python extension');
    for (const name of ['.venv', 'venv', 'env']) add(join(folder, name, ...inside), 'virtual environment of this folder');
  }
  const names = process.platform === 'win32' ? ['python.exe'] : ['python3', 'python'];
  for (const directory of (process.env['PATH'] ?? '').split(delimiter)) {
    if (directory !== '') for (const name of names) add(join(directory, name), 'on the PATH');
  }
  return [...found.values()];
}

async function browse(): Promise<string> {
  const [file] = (await window.showOpenDialog({ title: 'Choose a Python interpreter', openLabel: 'Use This Python' })) ?? [];
  if (file === undefined) throw new HoneError('cancelled', 'No interpreter was chosen.');
  return file.fsPath;
}

/** A folder's own environment is a matter of that workspace; any other one of this machine. */
async function save(path: string, folders: readonly string[]): Promise<void> {
  const own = folders.some((folder) => !relative(folder, path).startsWith('..') && path.startsWith(folder));
  const target = own ? ConfigurationTarget.Workspace : ConfigurationTarget.Global;
  const configuration = workspace.getConfiguration();
  await configuration.update(SETTING_KEYS.python, path, target);
  await configuration.update(SETTING_KEYS.runtime, 'local', target);
}
