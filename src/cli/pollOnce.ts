import type { PollReport, PollRequest } from '../app/pollRemote.ts';
import { HoneError } from '../base/HoneError.ts';
import { describeOutcome, describePull, describePush } from '../core/report/describePoll.ts';
import { hasFailed } from '../core/study/PollState.ts';
import type { CommandContext } from './CommandContext.ts';
import { describeProgress } from './describeStudy.ts';
import { ExitCode } from './runProgram.ts';

/**
 * Looks once, and unless it is detached waits until all that was pushed is trained. SIGINT cancels what is being trained; SIGTERM and SIGHUP leave it.
 * @throws ExitCode 1 where a training failed or a script no longer trains, 3 where one missed its target
 */
export async function pollOnce(
  context: CommandContext,
  request: PollRequest,
  { json = false, detach = false }: { readonly json?: boolean; readonly detach?: boolean },
): Promise<void> {
  const { hone, terminal } = context;
  const leaving = new AbortController();
  const leave = (): void => leaving.abort();
  let training: string | null = null;
  let isCancelled = false;
  const cancel = (): void => {
    isCancelled = true;
    if (training === null) leave();
    else void hone.cancel(request.folder, training).catch(leave);
  };
  process.on('SIGINT', cancel).on('SIGTERM', leave).on('SIGHUP', leave);
  try {
    let report = await hone.poll(request, ({ text }) => terminal.status(text), leaving.signal);
    terminal.clear();
    reportLines(report).forEach(terminal.say);
    const next = (): string | null => (detach ? null : trainingOf(report));
    while ((training = next()) !== null) {
      await awaitEnd(context, request.folder, training, leaving.signal);
      if (isCancelled) throw new HoneError('cancelled', 'Cancelled.');
      report = await goOn(context, request, report, training, leaving.signal);
    }
    if (json) terminal.result(JSON.stringify({ version: 1, ...report }));
    if (report.outcomes.some(hasFailed)) throw new ExitCode(1);
    if (report.outcomes.some(({ state }) => state === 'target-missed')) throw new ExitCode(3);
  } finally {
    process.off('SIGINT', cancel).off('SIGTERM', leave).off('SIGHUP', leave);
  }
}

async function awaitEnd(
  { hone, terminal }: CommandContext,
  folder: string,
  training: string,
  signal: AbortSignal,
): Promise<void> {
  for await (const update of hone.follow(folder, training, signal)) {
    if (update.type !== 'study' || update.study.endedAt !== null) continue;
    terminal.status(`${training}: ${describeProgress(update.study)}`);
  }
  terminal.clear();
  if (!signal.aborted) return;
  terminal.say(`${training} goes on; the next \`hone poll\` tells what came of it.`);
  throw new ExitCode(143);
}

/** What came of a training that has ended, and of what was left. */
async function goOn(
  { hone, terminal }: CommandContext,
  { folder, runtime = 'auto' }: PollRequest,
  report: PollReport,
  training: string,
  signal: AbortSignal,
): Promise<PollReport> {
  const { queue, outcomes } = await hone.trainPushes(folder, runtime, signal);
  const own = outcomes.filter(({ study }) => study === training);
  own.map(describeOutcome).forEach(terminal.say);
  return { ...report, queue, outcomes: [...report.outcomes, ...own] };
}

function trainingOf({ queue }: PollReport): string | null {
  return queue.find(({ study }) => study !== null)?.study ?? null;
}

/** A look as lines for a person. */
export function reportLines(report: PollReport): readonly string[] {
  const pull = describePull(report);
  const queue = report.queue.map(({ script, study, held }) =>
    study === null ? `${script} waits${held === null ? ' for its turn.' : `. ${held}`}` : `${script} is trained as ${study}.`,
  );
  return [describePush(report), ...(pull === null ? [] : [pull]), ...report.outcomes.map(describeOutcome), ...queue];
}
