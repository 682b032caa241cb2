import { Range, Uri, workspace, WorkspaceEdit, type TextDocument } from 'vscode';
import type { Hone } from '../../app/Hone.ts';
import { HoneError } from '../../base/HoneError.ts';
import type { ConfigurationChange } from '../../core/study/editConfiguration.ts';
import type { FileInFolder } from '../Workspace.ts';

/**
 * Changes the hone.yaml that holds for a script. Where an editor holds it, its text is changed there, with what was typed and not saved; it
 * stays unsaved if it was. Otherwise the file is.
 */
export async function changeConfiguration(
  hone: Hone,
  { folder, path: script }: FileInFolder,
  changes: readonly ConfigurationChange[],
): Promise<void> {
  const { signal } = new AbortController();
  const { path, target } = await hone.locateConfiguration({ folder, script }, signal);
  const document = workspace.textDocuments.find(({ uri }) => uri.scheme === 'file' && uri.fsPath === Uri.file(path).fsPath);
  if (document === undefined) {
    await hone.configure({ folder, script }, changes, signal);
    return;
  }
  const wasDirty = document.isDirty;
  await replace(document, hone.editedConfiguration(document.getText(), changes, target));
  if (!wasDirty) await document.save();
}

/** Only what differs is replaced, so that the cursor stays where it is. */
async function replace(document: TextDocument, text: string): Promise<void> {
  const before = document.getText();
  let start = 0;
  while (start < before.length && before[start] === text[start]) start++;
  let end = 0;
  while (end < Math.min(before.length, text.length) - start && before.at(-1 - end) === text.at(-1 - end)) end++;
  const edit = new WorkspaceEdit();
  const range = new Range(document.positionAt(start), document.positionAt(before.length - end));
  edit.replace(document.uri, range, text.slice(start, text.length - end));
  if (await workspace.applyEdit(edit)) return;
  throw new HoneError('read-only', 'hone.yaml could not be changed in its editor.', { next: 'Close it and try again.' });
}
