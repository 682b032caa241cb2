import { join } from 'node:path';
import { commands, Uri, window } from 'vscode';
import type { Hone } from '../../app/Hone.ts';
import type { Disposable } from '../../base/DisposableStore.ts';
import type { ConfigurationChange } from '../../core/study/editConfiguration.ts';
import type { Hint } from '../../core/study/Hint.ts';
import { isActive } from '../studies/describeStudy.ts';
import type { StudyChange, StudyRef, WatchedStudies } from '../studies/WatchedStudies.ts';
import type { FileInFolder } from '../Workspace.ts';
import { askForArguments } from './askForArguments.ts';
import { changeConfiguration } from './changeConfiguration.ts';

/** A failed run, and what would have let it go on. */
interface Failure {
  readonly ref: StudyRef;
  readonly script: FileInFolder;
  readonly hint: Hint;
}

/** Where a run fails for want of something that one setting gives, offers that and runs it again. */
export function offerRemedies(hone: () => Promise<Hone>, studies: WatchedStudies, onError: (error: unknown) => void): Disposable {
  /** What was entered last, by script. */
  const entered = new Map<string, string>();
  return studies.onDidChange((change) => {
    const failure = failureOf(change);
    if (failure !== null) void offer(hone, failure, entered).catch(onError);
  });
}

/** The run that failed just now; null where it did not, or nothing is known to help. */
function failureOf({ folder, id, before, now }: StudyChange): Failure | null {
  if (now?.state !== 'failed' || before === null || !isActive(before)) return null;
  const hint = now.trials[0]?.hint ?? null;
  return hint === null ? null : { ref: { folder, id }, script: { folder, path: now.script }, hint };
}

async function offer(hone: () => Promise<Hone>, failure: Failure, entered: Map<string, string>): Promise<void> {
  const { ref, script, hint } = failure;
  const { text, button } = describe(hint, script.path);
  if ((await window.showErrorMessage(`Hone: ${text}`, button)) !== button) return;
  if (hint.kind !== 'arguments') {
    await changeConfiguration(await hone(), script, [changeFor(hint)]);
    await commands.executeCommand('hone.trainAgain', ref);
    return;
  }
  const answer = await askForArguments(script.path, hint.names, entered.get(join(script.folder, script.path)));
  if (answer === null) return;
  entered.set(join(script.folder, script.path), answer.line);
  if (answer.keep) await changeConfiguration(await hone(), script, [{ path: ['args'], set: answer.words }]);
  const words = answer.keep ? [] : [answer.words];
  await commands.executeCommand('hone.trainScript', Uri.file(join(script.folder, script.path)), ...words);
}

function describe(hint: Hint, script: string): { readonly text: string; readonly button: string } {
  switch (hint.kind) {
    case 'arguments':
      return { text: `${script} cannot run without ${hint.names.join(' and ')}.`, button: 'Enter Arguments…' };
    case 'data':
      return {
        text: `${script} needs ${hint.path}, which Hone shows to no run until you allow it. It stays read-only.`,
        button: `Allow Reading ${hint.path} and Train Again`,
      };
    case 'network':
      return {
        text: `${script} needs the network, which its container does not have.`,
        button: 'Allow the Network and Train Again',
      };
  }
}

function changeFor(hint: Exclude<Hint, { kind: 'arguments' }>): ConfigurationChange {
  return hint.kind === 'data' ? { path: ['data'], add: hint.path } : { path: ['network'], set: true };
}
