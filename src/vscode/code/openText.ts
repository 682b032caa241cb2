import { join } from 'node:path';
import { NotebookCellKind, workspace, type NotebookDocument, type TextDocument } from 'vscode';
import type { FileInFolder } from '../Workspace.ts';

/** The text of a script as an editor holds it now, saved or not. */
export interface OpenText {
  /** Changes with every change of the text. */
  readonly version: string;
  text(): string;
}

/** Null where no editor holds the file. */
export function openText({ folder, path }: FileInFolder): OpenText | null {
  const file = join(folder, path);
  const notebook = workspace.notebookDocuments.find(({ uri }) => uri.scheme === 'file' && uri.fsPath === file);
  if (notebook !== undefined) return ofNotebook(notebook);
  const document = workspace.textDocuments.find(({ uri }) => uri.scheme === 'file' && uri.fsPath === file);
  return document === undefined ? null : { version: String(document.version), text: () => document.getText() };
}

/** The notebook that a cell is of, and its number over all cells; null for what is no cell. */
export function cellOf(document: TextDocument): { readonly notebook: NotebookDocument; readonly index: number } | null {
  if (document.uri.scheme !== 'vscode-notebook-cell') return null;
  for (const notebook of workspace.notebookDocuments) {
    const cell = notebook.getCells().find((candidate) => candidate.document === document);
    if (cell !== undefined) return { notebook, index: cell.index };
  }
  return null;
}

function ofNotebook(notebook: NotebookDocument): OpenText {
  const cells = notebook.getCells();
  return {
    version: `${notebook.version}:${cells.map(({ document }) => `${document.uri.fragment}.${document.version}`).join(',')}`,
    text: () =>
      JSON.stringify({
        nbformat: 4,
        metadata: {},
        cells: cells.map(({ kind, document }) => ({
          cell_type: kind === NotebookCellKind.Code && document.languageId === 'python' ? 'code' : 'markdown',
          source: document.getText(),
        })),
      }),
  };
}
