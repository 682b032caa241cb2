import type { Progress } from '../../core/ports/Runtime.ts';
import type { Study } from '../../core/study/Study.ts';
import type { CommandId } from '../commands/CommandId.ts';
import { describeStudy, isActive, summarizeStudy } from '../studies/describeStudy.ts';
import type { StudyRef } from '../studies/WatchedStudies.ts';

export interface StatusInput {
  /** Name of the script that the button would train; null where nobody knows yet. */
  readonly script: string | null;
  /** A start was asked for and has no study yet. */
  readonly starting: boolean;
  /** False in Restricted Mode, where nothing is trained. */
  readonly trusted: boolean;
  /** What runs, or ended and was not looked at yet. */
  readonly shown: { readonly ref: StudyRef; readonly study: Study } | null;
  readonly progress: Progress | null;
  /** How many others run. */
  readonly others: number;
}

export interface Status {
  /** With codicons. */
  readonly text: string;
  readonly tooltip: string;
  readonly command: CommandId | 'workbench.trust.manage';
  readonly arguments: readonly unknown[];
  readonly background: 'statusBarItem.errorBackground' | null;
}

/** What the status-bar button says and does. */
export function describeStatus(input: StatusInput): Status {
  if (input.shown !== null && isActive(input.shown.study)) return running(input.shown.ref, input.shown.study, input);
  if (input.starting) {
    return status('$(loading~spin) Starting…', 'Hone plans the run and takes a snapshot of your code.', 'hone.showLog');
  }
  if (input.shown !== null) return ended(input.shown.ref, input.shown.study);
  if (!input.trusted) {
    const why = 'Training runs the code in this folder, which Hone does only in a folder that you trust.';
    return status('$(shield) Trust the folder to train', `Hone: ${why}\nClick to decide.`, 'workbench.trust.manage');
  }
  const name = input.script;
  if (name === null)
    return status('$(play) Train', 'Hone: trains the script of this folder in a container that fits it.', 'hone.train');
  return status(`$(play) Train ${name}`, `Hone: trains ${name} as it is, in a container that fits it.`, 'hone.train');
}

function running(ref: StudyRef, study: Study, input: StatusInput): Status {
  const more = input.others === 0 ? '' : ` +${input.others}`;
  const text = study.phase === 'preparing' ? describePreparing(input.progress) : describeStudy(study);
  const tooltip = `Hone: ${study.id}, ${study.script}${input.progress === null ? '' : `\n${input.progress.text}`}\nClick to cancel it or to see more.`;
  return status(`$(loading~spin) ${text}${more}`, tooltip, 'hone.steer', [ref]);
}

function ended(ref: StudyRef, study: Study): Status {
  const tooltip = `Hone: ${study.id} · ${summarizeStudy(study)}${study.reason === null ? '' : `\n${study.reason}`}\nClick to open the result.`;
  if (study.state === 'failed') {
    return {
      ...status(`$(error) ${study.id} failed`, tooltip, 'hone.reveal', [ref]),
      background: 'statusBarItem.errorBackground',
    };
  }
  const icon = study.state === 'cancelled' ? 'circle-slash' : study.state === 'target-missed' ? 'warning' : 'pass';
  const text = study.state === 'cancelled' ? `${study.id} cancelled` : describeStudy(study);
  return status(`$(${icon}) ${text}`, tooltip, 'hone.reveal', [ref]);
}

/** Without the step's words, which the tooltip has: a status bar is narrow. */
function describePreparing(progress: Progress | null): string {
  const fraction = progress?.fraction ?? null;
  return fraction === null ? 'preparing…' : `preparing · ${Math.floor(fraction * 100)} %`;
}

function status(text: string, tooltip: string, command: Status['command'], args: readonly unknown[] = []): Status {
  return { text, tooltip, command, arguments: args, background: null };
}
