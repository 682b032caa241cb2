import { commands, window } from 'vscode';
import type { Disposable } from '../../base/DisposableStore.ts';
import { formatSeconds } from '../../core/report/formatMetric.ts';
import type { Study } from '../../core/study/Study.ts';
import type { CommandId } from '../commands/CommandId.ts';
import type { StudyRef, WatchedStudies } from '../studies/WatchedStudies.ts';

const ANSWERS: Readonly<Record<string, CommandId>> = { 'Say How Long…': 'hone.resume', 'Only This Run': 'hone.accept' };

/** Asks how long a search may take as soon as it waits to be told, and again in a window that opens on one that does. */
export function offerTime(studies: WatchedStudies, onError: (error: unknown) => void): Disposable {
  return studies.onDidChange(({ folder, id, before, now }) => {
    if (now === null || now.asksMinutes === null || (before?.asksMinutes ?? null) !== null) return;
    offer(studies, { folder, id }, now).catch(onError);
  });
}

async function offer(studies: WatchedStudies, ref: StudyRef, { id, script, trials }: Study): Promise<void> {
  const seconds = formatSeconds(trials[0]?.seconds ?? 0);
  const question = `Hone: A training of ${script} takes ${seconds}. How long may ${id} search for something better?`;
  const answer = await window.showInformationMessage(question, ...Object.keys(ANSWERS));
  const command = answer === undefined ? undefined : ANSWERS[answer];
  // Another window may have answered meanwhile.
  if (command !== undefined && (studies.get(ref)?.asksMinutes ?? null) !== null) await commands.executeCommand(command, ref);
}
