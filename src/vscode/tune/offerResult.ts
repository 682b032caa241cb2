import { commands, window } from 'vscode';
import type { Disposable } from '../../base/DisposableStore.ts';
import type { CommandId } from '../commands/CommandId.ts';
import type { Study } from '../../core/study/Study.ts';
import type { StudyPanels } from '../panel/StudyPanels.ts';
import { describeStudy, isActive } from '../studies/describeStudy.ts';
import type { StudyChange, WatchedStudies } from '../studies/WatchedStudies.ts';

/** What is said of an end, and what can be done about it with one click. */
interface Offer {
  readonly failed: boolean;
  readonly text: string;
  readonly actions: Readonly<Record<string, CommandId>>;
}

/** Says how a search has ended, and that a run failed, unless the user is looking at just that; with what can be done now. */
export function offerResult(studies: WatchedStudies, panels: StudyPanels, onError: (error: unknown) => void): Disposable {
  return studies.onDidChange((change) => {
    const offer = offerOf(change, panels);
    if (offer !== null) show(offer, change).catch(onError);
  });
}

function offerOf({ folder, id, before, now }: StudyChange, panels: StudyPanels): Offer | null {
  if (now === null || before === null || !isActive(before) || isActive(now)) return null;
  if (window.state.focused && panels.isInFront({ folder, id })) return null;
  return now.state === 'failed' ? offerForFailure(now) : offerForEnd(now);
}

function offerForEnd(study: Study): Offer | null {
  if (study.kind !== 'study' || study.best === null || (study.best === 0 && study.state !== 'target-reached')) return null;
  const outcome = study.state === 'target-reached' ? 'reached its target' : 'found better values';
  const apply: Record<string, CommandId> = study.best === 0 ? {} : { 'Review the Change': 'hone.apply' };
  return {
    failed: false,
    text: `${study.id} ${outcome}: ${describeStudy(study)}.`,
    actions: { ...apply, 'Open Panel': 'hone.openPanel' },
  };
}

/** A run that fails while its terminal is looked at tells so there; what a click would mend is offered elsewhere. */
function offerForFailure(study: Study): Offer | null {
  const [first] = study.trials;
  if (study.interrupted || (first?.hint ?? null) !== null || (study.kind === 'run' && window.state.focused)) return null;
  return {
    failed: true,
    text: `${study.id} failed: ${study.reason ?? 'see its output'}`,
    actions: { 'Show Output': 'hone.showOutput' },
  };
}

async function show({ failed, text, actions }: Offer, { folder, id }: StudyChange): Promise<void> {
  const ask = failed ? window.showErrorMessage : window.showInformationMessage;
  const answer = await ask(`Hone: ${text}`, ...Object.keys(actions));
  const command = answer === undefined ? undefined : actions[answer];
  if (command !== undefined) await commands.executeCommand(command, { folder, id });
}
