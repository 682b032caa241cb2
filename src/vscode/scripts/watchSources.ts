import { workspace, type Uri } from 'vscode';
import { DisposableStore, type Disposable } from '../../base/DisposableStore.ts';
import type { Workspace } from '../Workspace.ts';
import type { FoundScripts } from './FoundScripts.ts';

const DEBOUNCE_MS = 250;
/** So many files changing together are a checkout or an unpacked archive: the folder is looked at once instead. */
const MANY = 50;
/** Copies, environments and the like: nobody edits scripts in there. */
const JUNK = /(^|\/)(\.hone|\.git|node_modules|site-packages|__pycache__|\.venv|venv)\//;

/** Keeps the list of scripts up to date as files are saved, made, changed by others and deleted. */
export function watchSources(scripts: FoundScripts, folders: Workspace): Disposable {
  const store = new DisposableStore();
  const pending = new Map<string, Uri>();
  let timer: NodeJS.Timeout | null = null;
  const flush = (): void => {
    timer = null;
    const uris = [...pending.values()];
    pending.clear();
    rescan(scripts, folders, uris);
  };
  const changed = (uri: Uri): void => {
    if (JUNK.test(uri.path)) return;
    pending.set(uri.toString(), uri);
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(flush, DEBOUNCE_MS);
  };
  const watcher = store.add(workspace.createFileSystemWatcher('**/*.{py,ipynb}'));
  store.add(watcher.onDidCreate(changed));
  store.add(watcher.onDidChange(changed));
  store.add(watcher.onDidDelete((uri) => forget(scripts, folders, uri)));
  // Folders match no pattern, so their end is told by the editor's own delete and rename only.
  store.add(workspace.onDidDeleteFiles(({ files }) => files.forEach((uri) => forget(scripts, folders, uri))));
  store.add(workspace.onDidRenameFiles(({ files }) => files.forEach(({ oldUri }) => forget(scripts, folders, oldUri))));
  store.add({ dispose: () => timer !== null && clearTimeout(timer) });
  return store;
}

function rescan(scripts: FoundScripts, folders: Workspace, uris: readonly Uri[]): void {
  const files = uris.map((uri) => folders.locate(uri)).filter((file) => file !== null && scripts.state(file.folder) !== 'never');
  const touched = new Set(files.map((file) => file?.folder ?? ''));
  if (files.length > MANY) for (const folder of touched) void scripts.scan(folder);
  else for (const file of files) if (file !== null) void scripts.scanFile(file.folder, file.path);
}

function forget(scripts: FoundScripts, folders: Workspace, uri: Uri): void {
  const file = folders.locate(uri);
  if (file !== null) scripts.forget(file.folder, file.path);
}
