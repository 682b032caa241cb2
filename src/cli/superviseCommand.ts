import { uptime } from 'node:os';
import type { Command } from 'commander';
import { pause } from '../app/pause.ts';
import { superviseStudy } from '../app/superviseStudy.ts';
import { HoneError } from '../base/HoneError.ts';
import { parseToSupervisor, type ToSupervisor } from '../protocol/supervisorMessages.ts';
import { addCommand, type CommonOptions } from './addCommand.ts';
import type { CommandContext } from './CommandContext.ts';

interface SuperviseOptions extends CommonOptions {
  readonly order?: ToSupervisor;
}

/** `hone supervise ID`: what a supervisor process runs. Faces start it; people have no need of it. */
export function addSupervise(program: Command, { ports, terminal }: CommandContext): void {
  const command = addCommand(program, 'supervise <study>', 'carry a study to its end', { hidden: true });
  command.option('--order <message>', 'what it does first', orderOf);
  command.action(async (study: string, { cwd, order }: SuperviseOptions) => {
    // A terminal that closes, or a window, ends nothing.
    for (const signal of ['SIGINT', 'SIGHUP', 'SIGTERM'] as const) process.on(signal, () => {});
    await superviseStudy(
      {
        ...ports,
        runtime: (plan) => ports.runtime(plan.runtime),
        version: program.version() ?? '',
        pid: process.pid,
        pause,
        bootedAt: () => Date.now() - uptime() * 1000,
        warn: (text) => terminal.say(text),
      },
      cwd,
      study,
      order ?? null,
    );
  });
}

function orderOf(line: string): ToSupervisor {
  const message = parseToSupervisor(line);
  if (message === null) throw new HoneError('usage', `--order ${line} is no order.`);
  return message;
}
