import { join } from 'node:path';
import { commands, env, ProgressLocation, Uri, window, type QuickPickItem } from 'vscode';
import { HoneError } from '../../base/HoneError.ts';
import type { Parts } from '../Parts.ts';
import { chooseInterpreter } from '../setup/chooseInterpreter.ts';
import { openSample } from '../setup/openSample.ts';
import { showChecks } from '../setup/showChecks.ts';
import type { Handlers } from './registerCommands.ts';

type SetUpCommand =
  | 'hone.scan'
  | 'hone.explainFiles'
  | 'hone.openSample'
  | 'hone.checkMachine'
  | 'hone.useInterpreter'
  | 'hone.retryEngine'
  | 'hone.showLog'
  | 'hone.openSettings'
  | 'hone.openWalkthrough';

/** The commands around training: what is there, what is missing, where to begin. */
export function setUpCommands(parts: Parts): Pick<Handlers, SetUpCommand> {
  return {
    'hone.scan': () => Promise.all(parts.workspace.folders().map((folder) => parts.scripts.scan(folder))),
    'hone.explainFiles': () => explainFiles(parts),
    'hone.openSample': (sample, parent) => openSample(parts.extension, sample, parent),
    'hone.checkMachine': () => checkMachine(parts),
    'hone.useInterpreter': async () => {
      await chooseInterpreter(parts.workspace.folders());
      await parts.engine.again();
    },
    'hone.retryEngine': () => parts.engine.again(),
    'hone.showLog': () => parts.log.show(),
    'hone.openSettings': () => openSettings(),
    'hone.openWalkthrough': () => commands.executeCommand('workbench.action.openWalkthrough', 'hone.hone-ml#hone.start', false),
  };
}

/** Settings of the machine belong to the one that trains: in a remote window that is not the one with the window. */
async function openSettings(): Promise<void> {
  const command = env.remoteName === undefined ? 'workbench.action.openSettings' : 'workbench.action.openRemoteSettings';
  await commands.executeCommand(command, { query: '@ext:hone.hone-ml' });
}

function firstFolder(parts: Parts): string {
  const [folder] = parts.workspace.folders();
  if (folder === undefined) throw new HoneError('usage', 'No folder is open.', { next: 'Open a folder first.' });
  return folder;
}

async function checkMachine(parts: Parts): Promise<void> {
  const folder = firstFolder(parts);
  const options = { location: ProgressLocation.Notification, title: 'Hone: checking this machine', cancellable: true };
  const checks = await window.withProgress(options, async (_, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort());
    return (await parts.host.get()).doctor(folder, abort.signal);
  });
  await parts.engine.again();
  await showChecks(checks);
}

/** Lists every Python file with the reason why it is, or is not, among the scripts; picking one opens it. */
async function explainFiles(parts: Parts): Promise<void> {
  firstFolder(parts);
  const hone = await parts.host.get();
  const items: (QuickPickItem & { readonly folder: string })[] = [];
  for (const folder of parts.workspace.folders()) {
    for await (const script of hone.scan({ folder, all: true }, new AbortController().signal)) {
      items.push({ label: `${script.trains ? '$(play)' : '$(dash)'} ${script.path}`, detail: `      ${script.reason}`, folder });
    }
  }
  if (items.length === 0) throw new HoneError('no-script', 'There is no Python file or notebook in this folder.');
  items.sort((a, b) => a.label.localeCompare(b.label));
  const placeHolder = 'Why a file is, or is not, listed among the scripts';
  const picked = await window.showQuickPick(items, {
    title: 'Hone: Explain Which Files Train',
    placeHolder,
    matchOnDetail: true,
  });
  if (picked === undefined) return;
  const path = picked.label.replace(/^\$\([a-z]+\) /, '');
  await commands.executeCommand('vscode.open', Uri.file(join(picked.folder, path)));
}
