import { Option, type Command } from 'commander';
import type { PollRequest } from '../app/pollRemote.ts';
import type { WatchUpdate } from '../app/watchRemote.ts';
import { describeError, HoneError } from '../base/HoneError.ts';
import { describeOutcome } from '../core/report/describePoll.ts';
import type { RuntimeKind } from '../core/study/StudyPlan.ts';
import { addCommand, type CommonOptions } from './addCommand.ts';
import type { CommandContext } from './CommandContext.ts';
import { pollOnce, reportLines } from './pollOnce.ts';

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
    .action((options: PollOptions) =>
      options.once === true ? pollOnce(context, requestOf(options), options) : watch(context, requestOf(options), options),
    );
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

/** Until SIGINT, SIGTERM or SIGHUP, which leave what is being trained running. */
async function watch({ hone, terminal }: CommandContext, request: PollRequest, { interval, json }: PollOptions): Promise<void> {
  const ending = new AbortController();
  const stop = (): void => ending.abort();
  process.on('SIGINT', stop).on('SIGTERM', stop).on('SIGHUP', stop);
  let said = '';
  try {
    for await (const update of hone.watchRemote({ ...request, intervalMs: interval * MINUTE_MS }, ending.signal)) {
      const lines = update.type === 'failure' ? [describeError(update.error)] : linesOf(update);
      const text = lines.join('\n');
      if (text !== said || update.type !== 'failure') lines.forEach(terminal.say); // A failure once, until it is another.
      said = text;
      if (json === true && update.type === 'report') terminal.result(JSON.stringify({ version: 1, ...update.report }));
    }
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop).off('SIGHUP', stop);
  }
}

function linesOf(update: Exclude<WatchUpdate, { type: 'failure' }>): readonly string[] {
  if (update.type === 'trained') return update.outcomes.map(describeOutcome);
  return update.report.push === null && update.report.outcomes.length === 0 ? [] : reportLines(update.report);
}
