import { uptime } from 'node:os';
import { Option, type Command } from 'commander';
import { pause } from '../app/pause.ts';
import { superviseStudy } from '../app/superviseStudy.ts';
import type { ToSupervisor } from '../protocol/supervisorMessages.ts';
import { addCommand, type CommonOptions } from './addCommand.ts';
import type { CommandContext } from './CommandContext.ts';

interface SuperviseOptions extends CommonOptions {
  readonly order?: 'resume' | 'accept' | 'cancel';
}

/** `hone supervise ID`: what a supervisor process runs. Faces start it; people have no need of it. */
export function addSupervise(program: Command, { ports, terminal }: CommandContext): void {
  const command = addCommand(program, 'supervise <study>', 'carry a study to its end', { hidden: true });
  command.addOption(new Option('--order <order>', 'what it does first').choices(['resume', 'accept', 'cancel']));
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
      order === undefined ? null : orderOf(order),
    );
  });
}

function orderOf(word: 'resume' | 'accept' | 'cancel'): ToSupervisor {
  return word === 'cancel' ? { type: 'cancel' } : { type: 'request', request: word };
}
