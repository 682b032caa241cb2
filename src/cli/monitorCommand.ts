import type { Command } from 'commander';
import { HoneError, isCancellation } from '../base/HoneError.ts';
import { pause } from '../app/pause.ts';
import type { Revival } from '../app/reviveStudies.ts';
import { addCommand, type CommonOptions } from './addCommand.ts';
import type { CommandContext } from './CommandContext.ts';
import { ExitCode } from './runProgram.ts';

interface MonitorOptions extends CommonOptions {
  readonly once?: boolean;
  readonly all?: boolean;
  readonly install?: boolean;
  readonly uninstall?: boolean;
}

/** How often is looked, and by what share that is varied: many machines shall not do it at the same time. */
const LOOK_MS = 20_000;
const JITTER = 0.25;

/** `hone monitor` */
export function addMonitor(program: Command, context: CommandContext): void {
  addCommand(
    program,
    'monitor',
    'bring back studies that lost their supervisor, as by a restart of the machine, and send the mail that waits',
  )
    .option('--once', 'look once and return, as for cron')
    .option('--all', 'in every folder in which something was run, not only in this one')
    .option('--install', 'write a service of this user that does so for all folders, and say how it is switched on')
    .option('--uninstall', 'remove that service')
    .action(async (options: MonitorOptions) => {
      if (options.install === true || options.uninstall === true) return changeService(context, options);
      const revived = options.once === true ? await look(context, options) : await lookOn(context, options);
      if (options.json === true) context.terminal.result(JSON.stringify({ version: 1, studies: revived }));
      else if (options.once === true && revived.length === 0)
        context.terminal.result('Every study that has not ended is looked after.');
      if (revived.some(({ failure }) => failure !== null)) throw new ExitCode(1);
    });
}

async function look({ hone, ports, terminal }: CommandContext, { all, cwd }: MonitorOptions): Promise<readonly Revival[]> {
  const revived: Revival[] = [];
  for (const folder of all === true ? await ports.folders.folders() : [cwd]) {
    revived.push(...(await hone.revive(folder, new AbortController().signal)));
  }
  for (const { folder, study, failure } of revived) {
    terminal.say(failure === null ? `${study} in ${folder} goes on.` : `${study} in ${folder} cannot go on: ${failure}`);
  }
  await hone.deliver('due', new AbortController().signal);
  return revived;
}

/** Looks again and again until it is asked to end. */
async function lookOn(context: CommandContext, options: MonitorOptions): Promise<readonly Revival[]> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stop.abort());
  const revived: Revival[] = [];
  try {
    for (;;) {
      revived.push(...(await look(context, options)));
      await pause(LOOK_MS * (1 + JITTER * (2 * Math.random() - 1)), stop.signal);
    }
  } catch (error) {
    if (!isCancellation(error)) throw error;
    return revived;
  }
}

async function changeService({ ports, terminal }: CommandContext, { install, uninstall, json }: MonitorOptions): Promise<void> {
  if (install === true && uninstall === true) throw new HoneError('usage', '--install and --uninstall exclude each other.');
  const { path, steps } = install === true ? await ports.service.install() : await ports.service.uninstall();
  if (json === true) terminal.result(JSON.stringify({ version: 1, path, steps }));
  else terminal.result([install === true ? `${path} is written.` : `${path} is gone.`, ...steps].join('\n'));
}
