import { join } from 'node:path';
import { commands, Uri, window } from 'vscode';
import type { Disposable } from '../../base/DisposableStore.ts';
import { isActive } from '../studies/describeStudy.ts';
import type { StudyChange, WatchedStudies } from '../studies/WatchedStudies.ts';
import { missingArguments } from './missingArguments.ts';
import { splitArguments } from '../../core/study/splitArguments.ts';

const ENTER = 'Enter Arguments…';

/** Where a run fails because its script was not given its arguments, asks for them and runs it again with them. */
export function offerArguments(studies: WatchedStudies, onError: (error: unknown) => void): Disposable {
  /** What was entered last, by script. */
  const entered = new Map<string, string>();
  return studies.onDidChange((change) => void offer(change, entered).catch(onError));
}

async function offer({ folder, before, now }: StudyChange, entered: Map<string, string>): Promise<void> {
  if (now?.state !== 'failed' || before === null || !isActive(before)) return;
  const missing = missingArguments(now.reason ?? now.trials.at(-1)?.reason ?? null);
  if (missing === null) return;
  if ((await window.showErrorMessage(`Hone: ${now.script} cannot run without ${missing}.`, ENTER)) !== ENTER) return;
  const script = join(folder, now.script);
  const line = await window.showInputBox({
    title: `Hone: arguments of ${now.script}`,
    prompt: 'As on the command line; quotes keep words together. To keep them for good, write them as args in hone.yaml.',
    value: entered.get(script) ?? beginning(missing),
    ignoreFocusOut: true,
    validateInput: (text) => (splitArguments(text) === null ? 'A quote is not closed.' : undefined),
  });
  const words = line === undefined ? null : splitArguments(line);
  if (line === undefined || words === null) return;
  entered.set(script, line);
  await commands.executeCommand('hone.trainScript', Uri.file(script), words);
}

/** The first option that is missing, to be typed on; nothing where it is given by its place. */
function beginning(missing: string): string {
  const [first = ''] = missing.split(' and ');
  return first.startsWith('-') ? `${first} ` : '';
}
