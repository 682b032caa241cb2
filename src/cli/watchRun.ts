import type { Study } from '../core/study/Study.ts';
import { answerTime } from './answerTime.ts';
import type { CommandContext } from './CommandContext.ts';
import { describeProgress } from './describeStudy.ts';
import { ExitCode } from './runProgram.ts';
import { sayRefused } from './sayRefused.ts';
import { narrateStudy } from './narrateStudy.ts';
import { showStudy } from './showStudy.ts';
import { concludeStudy, exitCodeOf, type ResultOptions } from './concludeStudy.ts';

/**
 * Shows a study until it ends, or waits for an answer that nobody here can give. SIGINT cancels it; SIGTERM and SIGHUP leave it running and end only this process.
 * @throws ExitCode unless it ended well
 */
export async function watchRun(context: CommandContext, folder: string, id: string, options: ResultOptions): Promise<void> {
  const { hone, terminal } = context;
  const detached = new AbortController();
  const cancel = (): void => {
    terminal.status(`Cancelling ${id}`);
    void hone.cancel(folder, id).catch(() => detached.abort());
  };
  const detach = (): void => detached.abort();
  process.on('SIGINT', cancel).on('SIGTERM', detach).on('SIGHUP', detach);
  let study: Study | null = null;
  // Where lines stay, a script that tells its epochs itself is not repeated.
  let talks = false;
  try {
    for await (const update of hone.follow(folder, id, detached.signal)) {
      if (update.type === 'output') {
        if (update.trial > 0) continue; // Many trials say much the same; their logs have it.
        talks = true;
        terminal.output(update.text);
      } else if (update.type === 'progress') {
        if (study?.phase === 'training') terminal.say(update.progress.text);
        else terminal.status(describePercent(update.progress));
      } else {
        const said = study?.notes ?? [];
        update.study.notes.filter((note) => !said.includes(note)).forEach(terminal.say);
        if (update.study.kind === 'study') narrateStudy(study, update.study).forEach(terminal.say);
        study = update.study;
        if (study.asksMinutes !== null && !(await answerTime(context, folder, study))) {
          showStudy(terminal, study, options.json === true, context.ports.now());
          throw new ExitCode(3);
        }
        if (study.kind === 'study' && study.phase === 'training' && !terminal.live) continue;
        if (study.endedAt === null && (terminal.live || !talks || study.phase !== 'training'))
          terminal.status(describeProgress(study));
      }
    }
  } finally {
    process.off('SIGINT', cancel).off('SIGTERM', detach).off('SIGHUP', detach);
  }
  if (study?.endedAt == null) {
    terminal.say(`${id} goes on. \`hone logs ${id} --follow\` shows it again.`);
    throw new ExitCode(143);
  }
  const worse = await concludeStudy(context, study, options);
  await sayRefused(context.ports.outbox, context.terminal);
  const code = exitCodeOf(study.state) || (worse ? 3 : 0);
  if (code !== 0) throw new ExitCode(code);
}

function describePercent({ text, fraction }: { readonly text: string; readonly fraction: number | null }): string {
  return fraction === null ? text : `${text} (${Math.floor(fraction * 100)} %)`;
}
