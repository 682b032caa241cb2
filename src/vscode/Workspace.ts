import { relative, resolve, sep } from 'node:path';
import { window, workspace, type Uri } from 'vscode';

/** A file in an open folder. */
export interface FileInFolder {
  /** Absolute path of the folder. */
  readonly folder: string;
  /** Relative to the folder, with `/`. */
  readonly path: string;
}

/** The open folders, as paths on this machine's disk. */
export interface Workspace {
  folders(): readonly string[];
  /** Where a file lies; null outside the folders. */
  locate(uri: Uri): FileInFolder | null;
  /** The Python file or notebook that the person works on; null where it is something else. */
  activeFile(): FileInFolder | null;
}

/** The workspace of this window. Folders that are on no disk are left out: nothing could be trained in them. */
export const windowWorkspace: Workspace = {
  folders: () => (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath),
  locate(uri) {
    const folder = uri.scheme === 'file' ? workspace.getWorkspaceFolder(uri) : undefined;
    if (folder === undefined) return null;
    const path = relative(folder.uri.fsPath, resolve(uri.fsPath));
    return { folder: folder.uri.fsPath, path: path.split(sep).join('/') };
  },
  activeFile() {
    const uri = window.activeNotebookEditor?.notebook.uri ?? window.activeTextEditor?.document.uri;
    return uri !== undefined && /\.(py|ipynb)$/i.test(uri.path) ? this.locate(uri) : null;
  },
};
