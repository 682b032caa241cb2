import { Option, type Command } from 'commander';
import type { PollReport, PollRequest } from '../app/pollRemote.ts';
import { describeError, HoneError } from '../base/HoneError.ts';
import type { PushOutcome, QueuedPush } from '../core/study/PollState.ts';
import type { RuntimeKind } from '../core/study/StudyPlan.ts';
import { addCommand, type CommonOptions } from './addCommand.ts';
import type { CommandContext } from './CommandContext.ts';
import { describeOutcome, describePush, describePull } from '../core/report/describePoll.ts';
import { describeProgress } from './describeStudy.ts';
import { ExitCode } from './runProgram.ts';

interface PollOptions extends CommonOptions {
  readonly once?: boolean;
  readonly remote?: string;
  readonly branch?: string;
  readonly interval: number;
  readonly runtime: RuntimeKind | 'auto';
  readonly detach?: boolean;
}

const MINUTE_MS = 60_000;

/** `hone poll [--once] [--remote R] [--branch B] [--interval MIN]` */
export function addPoll(program: Command, context: CommandContext): void {
  addCommand(program, 'poll', 'watch the git remote: train what is pushed, tune it where it misses the target')
    .option('--once', 'look once, and wait until what was pushed is trained')
    .option('--remote <name>', 'the remote; the one that the open branch follows where none is named')
    .option('--branch <name>', 'the branch of it; the one that the open branch follows where none is named')
    .option('--interval <minutes>', 'time between two looks', parseMinutes, 5)
    .addOption(new Option('--runtime <runtime>', 'where it runs').choices(['auto', 'docker', 'local']).default('auto'))
    .option('--detach', 'with --once: leave what is trained running and return')
    .action((options: PollOptions) => (options.once === true ? pollOnce(context, options) : watch(context, options)));
}

function parseMinutes(text: string): number {
  const minutes = Number(text);
  if (text.trim() !== '' && minutes >= 0.1 && minutes <= 10_000) return minutes;
  throw new HoneError('usage', `--interval ${text} is no number of minutes from 0.1.`, {
    next: '`hone poll --help` lists the options.',
  });
}

function requestOf({ cwd, remote, branch, runtime }: PollOptions): PollRequest {
  return {
    folder: cwd,
    runtime,
    ...(remote === undefined ? {} : { remote }),
    ...(branch === undefined ? {} : { branch }),
  };
}

async function pollOnce(context: CommandContext, options: PollOptions): Promise<void> {
  const { hone, terminal } = context;
  const ending = new AbortController();
  const detach = (): void => ending.abort();
  process.on('SIGINT', detach).on('SIGTERM', detach).on('SIGHUP', detach);
  try {
    const request = requestOf(options);
    const report = await hone.poll(request, ({ text }) => terminal.status(text), ending.signal);
    terminal.clear();
    tellReport(context, report);
    const end = options.detach === true ? report : await trainAll(context, request, report, ending.signal);
    terminal.clear();
    if (options.json === true) terminal.result(JSON.stringify({ version: 1, ...end }));
    const failed = end.outcomes.some(({ state }) => state === 'failed');
    if (failed || end.outcomes.some(({ state }) => state === 'target-missed')) throw new ExitCode(failed ? 1 : 3);
  } finally {
    process.off('SIGINT', detach).off('SIGTERM', detach).off('SIGHUP', detach);
  }
}

/** Waits for one script after the other. SIGINT cancels the one that is being trained; SIGTERM and SIGHUP leave it. */
async function trainAll(
  context: CommandContext,
  { folder, runtime = 'auto' }: PollRequest,
  report: PollReport,
  signal: AbortSignal,
): Promise<PollReport> {
  const { hone, terminal } = context;
  let { queue } = report;
  const outcomes = [...report.outcomes];
  const known = new Set(outcomes);
  for (let training = trainingOf(queue); training !== null; training = trainingOf(queue)) {
    const id = training;
    const cancel = (): void => void hone.cancel(folder, id).catch(() => {});
    process.on('SIGINT', cancel);
    try {
      for await (const update of hone.follow(folder, id, signal)) {
        if (update.type === 'study' && update.study.endedAt === null) terminal.status(`${id}: ${describeProgress(update.study)}`);
      }
    } finally {
      process.off('SIGINT', cancel);
    }
    if (signal.aborted) {
      terminal.say(`${id} goes on; the next \`hone poll\` tells what came of it.`);
      throw new ExitCode(143);
    }
    const state = await hone.trainPushes(folder, runtime, signal);
    queue = state.queue;
    for (const outcome of state.outcomes.filter(({ study }) => study === id && !outcomes.some((one) => one.study === id))) {
      outcomes.push(outcome);
      if (!known.has(outcome)) terminal.say(describeOutcome(outcome));
    }
  }
  return { ...report, queue, outcomes };
}

function trainingOf(queue: readonly QueuedPush[]): string | null {
  return queue.find(({ study }) => study !== null)?.study ?? null;
}

function tellReport({ terminal }: CommandContext, report: PollReport): void {
  terminal.say(describePush(report));
  const pull = describePull(report);
  if (pull !== null) terminal.say(pull);
  report.outcomes.forEach((outcome: PushOutcome) => terminal.say(describeOutcome(outcome)));
  for (const { script, study, held } of report.queue) {
    terminal.say(
      study !== null ? `${script} is trained as ${study}.` : `${script} waits${held === null ? ' for its turn.' : `. ${held}`}`,
    );
  }
}

async function watch(context: CommandContext, options: PollOptions): Promise<void> {
  const { hone, terminal } = context;
  const ending = new AbortController();
  const stop = (): void => ending.abort();
  process.on('SIGINT', stop).on('SIGTERM', stop).on('SIGHUP', stop);
  const request = { ...requestOf(options), intervalMs: options.interval * MINUTE_MS };
  let said = '';
  try {
    for await (const update of hone.watchRemote(request, ending.signal)) {
      if (update.type === 'failure') {
        const text = describeError(update.error);
        if (text !== said) terminal.say(text); // Once, until it is another.
        said = text;
        continue;
      }
      if (update.type === 'report') {
        said = '';
        if (update.report.push !== null || update.report.outcomes.length > 0) tellReport(context, update.report);
      } else update.outcomes.forEach((outcome) => terminal.say(describeOutcome(outcome)));
      if (options.json === true)
        terminal.result(JSON.stringify({ version: 1, ...(update.type === 'report' ? update.report : update) }));
    }
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop).off('SIGHUP', stop);
  }
}
