import { Range, workspace, WorkspaceEdit, type TextDocument, type Uri } from 'vscode';

interface Cell {
  readonly source?: string | readonly string[];
}

/** The text of a file as the editor has it, unsaved changes included; a notebook's as its file. Null where there is no such file. */
export async function openText(uri: Uri): Promise<string | null> {
  const dirty = workspace.textDocuments.find((document) => document.uri.toString() === uri.toString() && document.isDirty);
  if (dirty !== undefined) return dirty.getText();
  try {
    const bytes = await workspace.fs.readFile(uri);
    return uri.path.endsWith('.ipynb') ? new TextDecoder().decode(bytes) : workspace.decode(bytes, { uri });
  } catch {
    return null; // It is gone, or is no file: the same to whoever asks.
  }
}

/**
 * Changes a file as one edit that can be undone, in the editor's buffer; it is saved where nothing else in it was unsaved. False where it does not
 * hold what it held.
 */
export async function editDocument(uri: Uri, before: string, after: string): Promise<boolean> {
  const edit = new WorkspaceEdit();
  if (uri.path.endsWith('.ipynb')) return editNotebook(uri, before, after, edit);
  const document = await workspace.openTextDocument(uri);
  if (normalized(document.getText()) !== normalized(before)) return false;
  const saved = !document.isDirty;
  replaceLines(edit, document, normalized(after));
  const done = await workspace.applyEdit(edit);
  return done && saved ? document.save() : done;
}

async function editNotebook(uri: Uri, before: string, after: string, edit: WorkspaceEdit): Promise<boolean> {
  const notebook = await workspace.openNotebookDocument(uri);
  const saved = !notebook.isDirty;
  const [old, wanted] = [cellsOf(before), cellsOf(after)];
  for (const [index, text] of wanted.entries()) {
    if (text === old[index]) continue;
    const document = notebook.cellAt(index).document;
    if (normalized(document.getText()) !== normalized(old[index] ?? '')) return false;
    replaceLines(edit, document, normalized(text));
  }
  const done = await workspace.applyEdit(edit);
  return done && saved ? notebook.save() : done;
}

/** Replaces only the lines that differ, so that cursors, folds and breakpoints elsewhere stay. */
function replaceLines(edit: WorkspaceEdit, document: TextDocument, after: string): void {
  const [old, wanted] = [normalized(document.getText()).split('\n'), after.split('\n')];
  let head = 0;
  while (head < Math.min(old.length, wanted.length) && old[head] === wanted[head]) head++;
  let tail = 0;
  while (tail < Math.min(old.length, wanted.length) - head && old.at(-1 - tail) === wanted.at(-1 - tail)) tail++;
  if (head + tail === old.length && old.length === wanted.length) return;
  const last = old.length - tail;
  const replaced = wanted.slice(head, wanted.length - tail).join('\n');
  const end = last < old.length ? document.lineAt(last).range.start : document.lineAt(old.length - 1).range.end;
  const isInside = last < old.length && (replaced !== '' || wanted.length - tail > head);
  edit.replace(
    document.uri,
    new Range(document.lineAt(Math.min(head, old.length - 1)).range.start, end),
    isInside ? `${replaced}\n` : replaced,
  );
}

function cellsOf(text: string): readonly string[] {
  const { cells = [] } = JSON.parse(text) as { readonly cells?: readonly Cell[] };
  return cells.map(({ source = '' }) => (typeof source === 'string' ? source : source.join('')));
}

/** Editors count a line end as one and show no byte order mark. */
function normalized(text: string): string {
  return text.replace(/^\uFEFF/u, '').replace(/\r\n?/gu, '\n');
}
