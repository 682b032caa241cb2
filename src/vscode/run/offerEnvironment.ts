import { basename } from 'node:path';
import { window } from 'vscode';
import { HoneError } from '../../base/HoneError.ts';
import type { FileInFolder } from '../Workspace.ts';

/**
 * Asks whether Hone shall make an environment for a script whose interpreter lacks the framework. Returns where the answer is yes; throws
 * cancelled where it is no, and the error itself where it is another.
 */
export async function offerEnvironment(error: unknown, file: FileInFolder): Promise<void> {
  if (!(error instanceof HoneError) || error.code !== 'framework-absent') throw error;
  const detail = `${error.message}\n\nHone can make an environment of its own with what the script needs. It is kept for later runs; nothing is installed into your Python.`;
  const answer = await window.showInformationMessage(
    `Make an environment for ${basename(file.path)}?`,
    { modal: true, detail },
    'Make Environment',
  );
  if (answer === undefined) throw new HoneError('cancelled', 'No environment was made.');
}
