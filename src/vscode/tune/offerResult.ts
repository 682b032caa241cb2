import { commands, window } from 'vscode';
import type { Disposable } from '../../base/DisposableStore.ts';
import type { CommandId } from '../commands/CommandId.ts';
import { describeStudy, isActive } from '../studies/describeStudy.ts';
import type { StudyChange, WatchedStudies } from '../studies/WatchedStudies.ts';

/** Says when a search has ended with something to apply, and offers the diff. */
export function offerResult(studies: WatchedStudies, onError: (error: unknown) => void): Disposable {
  return studies.onDidChange((change) => void offer(change).catch(onError));
}

async function offer({ folder, id, before, now }: StudyChange): Promise<void> {
  if (now?.kind !== 'study' || before === null || !isActive(before) || isActive(now)) return;
  if (now.best === null || now.best === 0) return;
  const outcome = now.state === 'target-reached' ? 'reached its target' : 'found better values';
  const review = 'Review the Change';
  const answer = await window.showInformationMessage(`${id} ${outcome}: ${describeStudy(now)}.`, review);
  const apply: CommandId = 'hone.apply';
  if (answer === review) await commands.executeCommand(apply, { folder, id });
}
