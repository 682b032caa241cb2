import { commands, window, workspace } from 'vscode';
import { HoneError } from '../../base/HoneError.ts';

const TRAINING = 'Training runs the code in this folder. Hone does that only in a folder that you trust.';

/** Passes in a trusted workspace only: training runs the code in it. Otherwise offers to trust it, with the reason, and throws a cancellation. */
export async function requireTrust(question = TRAINING): Promise<void> {
  if (workspace.isTrusted) return;
  const manage = 'Manage Trust';
  if ((await window.showWarningMessage(question, manage)) === manage) await commands.executeCommand('workbench.trust.manage');
  throw new HoneError('cancelled', 'This folder is not trusted.');
}
