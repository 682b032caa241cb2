import { commands, window, workspace, type Memento } from 'vscode';
import type { Hone } from '../../app/Hone.ts';
import type { Disposable } from '../../base/DisposableStore.ts';
import type { CommandId } from '../commands/CommandId.ts';
import type { WatchedStudies } from '../studies/WatchedStudies.ts';

const FIRST_MS = 20_000;
const EVERY_MS = 5 * 60_000;
/** When what was refused and told last was written, so that it is told once. */
const TOLD = 'hone.mail.told';

/** Sends what supervisors could not, while a trusted window with studies is open, and tells once of what was refused. */
export function deliverFromWindow(
  hone: () => Promise<Hone>,
  studies: WatchedStudies,
  state: Memento,
  onError: (error: unknown) => void,
): Disposable {
  const abort = new AbortController();
  let timer = setTimeout(beat, FIRST_MS);
  function beat(): void {
    timer = setTimeout(beat, EVERY_MS);
    if (workspace.isTrusted && studies.folders.length > 0) deliver(hone, state, abort.signal).catch(onError);
  }
  return {
    dispose: () => {
      clearTimeout(timer);
      abort.abort();
    },
  };
}

async function deliver(hone: () => Promise<Hone>, state: Memento, signal: AbortSignal): Promise<void> {
  const { refused } = await (await hone()).deliver('due', signal);
  const told = state.get<number>(TOLD, 0);
  const news = refused.findLast(({ writtenAt }) => writtenAt > told);
  if (news === undefined) return;
  await state.update(TOLD, news.writtenAt);
  const setUp = 'Set Up Mail';
  const command: CommandId = 'hone.setUpMail';
  const answer = await window.showWarningMessage(`Hone could not send "${news.subject}": ${news.problem?.reason ?? ''}`, setUp);
  if (answer === setUp) await commands.executeCommand(command);
}
