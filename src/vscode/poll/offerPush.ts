import { commands, window } from 'vscode';
import { hasFailed, type PushOutcome } from '../../core/study/PollState.ts';
import type { Disposable } from '../../base/DisposableStore.ts';
import { describeOutcome, describePull, describePush } from '../../core/report/describePoll.ts';
import type { PollReport } from '../../app/pollRemote.ts';
import type { CommandId } from '../commands/CommandId.ts';
import type { RemoteWatch } from './RemoteWatch.ts';

const PULL: CommandId = 'hone.pull';
const REVEAL: CommandId = 'hone.reveal';

/** Says what was pushed and what came of it, each with what can be done about it; pushes that touch nothing are left to the row. */
export function offerPush(remotes: RemoteWatch, onError: (error: unknown) => void): Disposable {
  return remotes.onDidTell(({ folder, update }) => {
    if (update.type === 'failure') return;
    const tell = async (): Promise<void> => {
      if (update.type === 'report') await tellPush(folder, update.report);
    };
    const outcomes = update.type === 'report' ? update.report.outcomes : update.outcomes;
    void Promise.all([tell(), ...outcomes.map((outcome) => tellOutcome(folder, outcome))]).catch(onError);
  });
}

async function tellPush(folder: string, report: PollReport): Promise<void> {
  if (report.push === null || (report.touched.length === 0 && !report.push.forced)) return;
  const held = report.queue.flatMap(({ script, held: why }) => (why === null ? [] : [`${script} waits. ${why}`]));
  const text = ['Hone:', describePush(report), describePull(report) ?? '', ...held].filter((part) => part !== '').join(' ');
  const buttons = report.pull.state === 'possible' ? ['Pull'] : [];
  const show =
    report.push.forced || held.length > 0 || report.pull.state === 'diverged'
      ? window.showWarningMessage
      : window.showInformationMessage;
  if ((await show(text, ...buttons)) === 'Pull') await commands.executeCommand(PULL, { folder });
}

/** A gain is in the tree; a loss is told. */
async function tellOutcome(folder: string, outcome: PushOutcome): Promise<void> {
  const { study, change } = outcome;
  if (change !== 'worse' && !hasFailed(outcome)) return;
  const buttons = study === null ? [] : ['Show'];
  const answer = await window.showWarningMessage(`Hone: ${describeOutcome(outcome)}`, ...buttons);
  if (answer === 'Show' && study !== null) await commands.executeCommand(REVEAL, { folder, id: study });
}
