import { relative } from 'node:path';
import { window, workspace } from 'vscode';
import { HoneError } from '../../base/HoneError.ts';
import type { Parts } from '../Parts.ts';
import { pickFolder } from '../poll/RemoteWatch.ts';
import { requireTrust } from '../run/requireTrust.ts';
import { textArgument } from './arguments.ts';
import type { Handlers } from './registerCommands.ts';

type PollCommand = 'hone.watchRemote' | 'hone.unwatchRemote' | 'hone.lookAtRemote' | 'hone.pull';

/** The commands about the git remote of a folder. */
export function pollCommands(parts: Parts): Pick<Handlers, PollCommand> {
  const { remotes } = parts;
  const folderOf = async (argument: unknown, folders: readonly string[]): Promise<string> => {
    const folder = textArgument(argument, 'folder') ?? (await pickFolder(folders, 'Which folder?'));
    if (folder !== null) return folder;
    if (folders.length > 0) throw new HoneError('cancelled', 'No folder was picked.');
    throw new HoneError('usage', 'No remote is watched.', { next: 'Run “Hone: Watch the Remote” first.' });
  };
  return {
    'hone.watchRemote': async (argument) => {
      await requireTrust();
      const folder = await folderOf(argument, parts.workspace.folders());
      if (remotes.get(folder) !== null) return remotes.look(folder);
      parts.studies.watch(folder);
      await remotes.choose(folder, true);
    },
    'hone.unwatchRemote': async (argument) => remotes.choose(await folderOf(argument, remotes.folders), false),
    'hone.lookAtRemote': async (argument) => remotes.look(await folderOf(argument, remotes.folders)),
    'hone.pull': async (argument) => pull(parts, await folderOf(argument, remotes.folders)),
  };
}

/** By git's own rules; what is typed and not saved must not be lost to it. */
async function pull({ host, remotes, scripts }: Parts, folder: string): Promise<void> {
  await requireTrust();
  const report = remotes.get(folder)?.report ?? null;
  if (report === null)
    throw new HoneError('usage', 'The remote was not looked at yet.', { next: 'Run “Hone: Watch the Remote” first.' });
  const isIn = (path: string): boolean => !relative(folder, path).startsWith('..');
  const unsaved = [...workspace.textDocuments, ...workspace.notebookDocuments].find(
    ({ isDirty, uri }) => isDirty && isIn(uri.fsPath),
  );
  if (unsaved !== undefined) {
    throw new HoneError('usage', `${relative(folder, unsaved.uri.fsPath)} is not saved.`, { next: 'Save it, then pull.' });
  }
  await (await host.get()).pull(folder, report, report.commit);
  window.setStatusBarMessage(`Hone: pulled ${report.remote}/${report.branch}.`, 5000);
  remotes.look(folder);
  await scripts.scan(folder);
}
