import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { window, workspace } from 'vscode';
import { DisposableStore, type Disposable } from '../base/DisposableStore.ts';
import { describeError } from '../base/HoneError.ts';
import type { Parts } from './Parts.ts';

/** Starts each kind of work when the window first has a use for it, and for folders that come and go. */
export function watchWindow(parts: Parts): Disposable {
  const store = new DisposableStore();
  const { scriptsTree, resultsTree, scripts, studies } = parts;
  store.add(scriptsTree.view.onDidChangeVisibility(() => showScripts(parts)));
  store.add(resultsTree.view.onDidChangeVisibility(() => showResults(parts)));
  store.add(
    workspace.onDidChangeWorkspaceFolders(({ removed }) => {
      for (const { uri } of removed) {
        scripts.close(uri.fsPath);
        studies.unwatch(uri.fsPath);
      }
      begin(parts);
    }),
  );
  store.add(
    workspace.onDidGrantWorkspaceTrust(() => {
      showResults(parts);
      for (const folder of parts.workspace.folders()) void watchEarlierStudies(parts, folder);
    }),
  );
  store.add(window.onDidChangeActiveTextEditor(() => lookAtActiveFile(parts)));
  store.add(window.onDidChangeActiveNotebookEditor(() => lookAtActiveFile(parts)));
  begin(parts);
  return store;
}

function begin(parts: Parts): void {
  lookAtActiveFile(parts);
  showScripts(parts);
  showResults(parts);
  for (const folder of parts.workspace.folders()) void watchEarlierStudies(parts, folder);
}

/** What lost its supervisor, as by a machine that was shut down, goes on by itself. */
async function revive({ host, log }: Parts, folder: string): Promise<void> {
  if (!workspace.isTrusted) return;
  const revived = await (await host.get()).revive(folder, new AbortController().signal);
  for (const { study, failure } of revived) {
    log.info(failure === null ? `${study} had lost its supervisor, and goes on.` : `${study} cannot go on: ${failure}`);
  }
}

function showScripts({ scriptsTree, scripts, workspace: { folders } }: Parts): void {
  const unseen = folders().filter((folder) => scripts.state(folder) === 'never');
  if (!scriptsTree.view.visible || unseen.length === 0) return;
  void window.withProgress({ location: { viewId: 'hone.scripts' } }, () =>
    Promise.all(unseen.map((folder) => scripts.scan(folder))),
  );
}

function showResults({ resultsTree, studies, engine, workspace: { folders } }: Parts): void {
  if (!resultsTree.view.visible) return;
  for (const folder of folders()) studies.watch(folder);
  void engine.look();
}

/** The active file decides what the status bar offers, so it is looked at before the folder is. */
function lookAtActiveFile({ workspace: folders, scripts, statusBar }: Parts): void {
  const file = folders.activeFile();
  if (file !== null && scripts.state(file.folder) === 'never') void scripts.scanFile(file.folder, file.path);
  statusBar.draw();
}

/** A run that was started before this window was opened is shown, also while the views are not. */
async function watchEarlierStudies(parts: Parts, folder: string): Promise<void> {
  const { studies, log } = parts;
  try {
    await access(join(folder, '.hone', 'studies'));
  } catch {
    log.debug(`Nothing was run in ${folder} yet.`);
    return;
  }
  studies.watch(folder);
  await revive(parts, folder).catch((error: unknown) => log.error(describeError(error)));
}
