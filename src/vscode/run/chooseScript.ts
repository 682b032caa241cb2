import { basename } from 'node:path';
import { window } from 'vscode';
import { HoneError } from '../../base/HoneError.ts';
import type { Script } from '../../core/scan/Script.ts';
import { describeModel } from '../scripts/describeScript.ts';
import type { FoundScripts } from '../scripts/FoundScripts.ts';
import type { FileInFolder, Workspace } from '../Workspace.ts';

/** The script to train: the active one where it trains, else the only one, else the one that is picked. Throws no-script, cancelled. */
export async function chooseScript(folders: Workspace, scripts: FoundScripts): Promise<FileInFolder> {
  const active = folders.activeFile();
  if (active !== null) {
    if (scripts.find(active.folder, active.path) === null) await scripts.scanFile(active.folder, active.path);
    if (scripts.find(active.folder, active.path) !== null) return active;
  }
  const open = folders.folders();
  if (open.length === 0)
    throw new HoneError('no-script', 'No folder is open.', { next: 'Open the folder with your training script, or a sample.' });
  await Promise.all(open.filter((folder) => scripts.state(folder) !== 'done').map((folder) => scripts.scan(folder)));
  const found = open.flatMap((folder) => scripts.scripts(folder).map((script) => ({ folder, script })));
  const direct = found.filter(({ script }) => script.runsDirectly);
  const [only, ...others] = direct;
  if (only === undefined) throw nothingTrains(open);
  if (others.length === 0) return { folder: only.folder, path: only.script.path };
  return pick(direct, open.length > 1);
}

function nothingTrains(open: readonly string[]): HoneError {
  const where = open.length === 1 && open[0] !== undefined ? basename(open[0]) : 'the open folders';
  return new HoneError('no-script', `Nothing in ${where} trains a model when it is run.`, {
    next: 'Run "Hone: Explain Which Files Train" to see why, file by file.',
  });
}

async function pick(
  found: readonly { readonly folder: string; readonly script: Script }[],
  severalFolders: boolean,
): Promise<FileInFolder> {
  const items = found.map(({ folder, script }) => ({
    label: script.path,
    description: [describeModel(script), severalFolders ? basename(folder) : ''].filter((part) => part !== '').join(' · '),
    file: { folder, path: script.path },
  }));
  const picked = await window.showQuickPick(items, {
    title: 'Hone: Train',
    placeHolder: 'Several scripts train here: which one?',
    matchOnDescription: true,
  });
  if (picked === undefined) throw new HoneError('cancelled', 'No script was picked.');
  return picked.file;
}
