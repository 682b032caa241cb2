import type { Command } from 'commander';
import { addCommand, type CommonOptions } from './addCommand.ts';
import type { CommandContext } from './CommandContext.ts';
import { parseNumber } from './parseNumber.ts';
import { requireStudy } from './requireStudy.ts';
import { showStudy } from './showStudy.ts';
import { watchRun } from './watchRun.ts';

/** `hone pause`, `resume` and `accept`. */
export function addSteering(program: Command, context: CommandContext): void {
  const { hone, ports, terminal } = context;
  const show = async ({ cwd, json }: CommonOptions, id: string): Promise<void> =>
    showStudy(terminal, await hone.study(cwd, id), json === true, ports.now());
  addCommand(program, 'pause <study>', 'let what runs end, and start nothing more').action(
    async (id: string, options: CommonOptions) => {
      await requireStudy(context, options.cwd, id);
      await hone.request(options.cwd, id, 'pause');
      await show(options, id);
    },
  );
  addCommand(program, 'resume <study>', 'go on with a study that is paused or was interrupted')
    .option('--minutes <number>', 'of a paused one: for at most so long from now on', (text) =>
      parseNumber('--minutes', text, 0, false),
    )
    .option('--detach', 'leave it running and return')
    .action(async (id: string, options: CommonOptions & { detach?: boolean; minutes?: number }) => {
      await requireStudy(context, options.cwd, id);
      await hone.resume(options.cwd, id, new AbortController().signal, options.minutes);
      if (options.detach === true) await show(options, id);
      else await watchRun(context, options.cwd, id, options);
    });
  addCommand(program, 'accept <study>', 'end a study with the best that it has found').action(
    async (id: string, options: CommonOptions) => {
      await requireStudy(context, options.cwd, id);
      await hone.request(options.cwd, id, 'accept');
      await watchRun(context, options.cwd, id, options);
    },
  );
}
