import type { Command } from 'commander';
import type { Labels } from '../core/study/Labels.ts';
import { addCommand, type CommonOptions } from './addCommand.ts';
import type { CommandContext } from './CommandContext.ts';
import { requireStudy } from './requireStudy.ts';
import { showStudy } from './showStudy.ts';

/** `hone rename ID [NAME]` and `hone note ID [TEXT]`; without a text the label is taken away. */
export function addLabels(program: Command, context: CommandContext): void {
  const { hone, ports, terminal } = context;
  const label = async (id: string, labels: Labels, options: CommonOptions): Promise<void> => {
    await requireStudy(context, options.cwd, id);
    await hone.label(options.cwd, id, labels);
    showStudy(terminal, await hone.study(options.cwd, id), options.json === true, ports.now());
  };
  addCommand(program, 'rename <study> [name]', 'give it a name, or take it away').action(
    (id: string, name: string | undefined, options: CommonOptions) => label(id, { name: name ?? null }, options),
  );
  addCommand(program, 'note <study> [text]', 'note something about it, or take the note away').action(
    (id: string, text: string | undefined, options: CommonOptions) => label(id, { note: text ?? null }, options),
  );
}
