import { resolve } from 'node:path';
import { commands, Location, Position, Range, Uri, window, workspace, type TextDocument } from 'vscode';

/** A place of the source; where the offsets are left out it is the line. */
export interface CodeTarget {
  readonly path: string;
  readonly line: number;
  readonly column?: number;
  readonly start?: number;
  readonly end?: number;
  readonly cell?: number;
}

/** Where a place of the source is; paths are relative to the folder. A cell is found where its notebook is open. */
export function codeLocation(folder: string, target: CodeTarget): Location {
  const uri = Uri.file(resolve(folder, target.path));
  const notebook = workspace.notebookDocuments.find((open) => open.uri.toString() === uri.toString());
  const isCell = target.cell !== undefined && notebook !== undefined && target.cell < notebook.cellCount;
  const document = isCell
    ? notebook.cellAt(target.cell).document
    : workspace.textDocuments.find((open) => open.uri.toString() === uri.toString());
  return document === undefined ? new Location(uri, startOf(target)) : new Location(document.uri, rangeOf(document, target));
}

/** Shows a place of the source, selected. */
export async function openCode(folder: string, target: CodeTarget): Promise<void> {
  const uri = Uri.file(resolve(folder, target.path));
  if (target.cell === undefined) {
    const document = await workspace.openTextDocument(uri);
    await window.showTextDocument(document, { selection: rangeOf(document, target) });
    return;
  }
  await workspace.openNotebookDocument(uri);
  const { uri: cell, range } = codeLocation(folder, target);
  await commands.executeCommand('vscode.open', cell, { selection: range });
}

function rangeOf(document: TextDocument, target: CodeTarget): Range {
  const { start, end } = target;
  if (start !== undefined && end !== undefined) return new Range(document.positionAt(start), document.positionAt(end));
  const line = Math.min(target.line, document.lineCount) - 1;
  return document.validateRange(
    new Range(line, document.lineAt(line).firstNonWhitespaceCharacterIndex, line, Number.MAX_SAFE_INTEGER),
  );
}

function startOf({ line, column = 1 }: CodeTarget): Position {
  return new Position(line - 1, column - 1);
}
