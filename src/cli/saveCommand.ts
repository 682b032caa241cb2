import type { Command } from 'commander';
import type { SavedOutputs } from '../core/ports/StudyStore.ts';
import { addCommand, type CommonOptions } from './addCommand.ts';
import type { CommandContext } from './CommandContext.ts';
import { canAsk, confirm } from './confirm.ts';
import { parseTrialNumber } from './parseTrialName.ts';
import { requireStudy } from './requireStudy.ts';
import { ExitCode } from './runProgram.ts';

interface SaveOptions extends CommonOptions {
  readonly trial?: number;
  readonly to?: string;
  readonly overwrite?: boolean;
}

/** `hone save ID [--trial N] [--to DIR] [--overwrite]` */
export function addSave(program: Command, context: CommandContext): void {
  addCommand(program, 'save <study>', 'bring the files that the script wrote to where it would have put them')
    .option('--trial <number>', 'which trial; the best where absent', parseTrialNumber)
    .option('--to <directory>', 'below this folder instead')
    .option('--overwrite', 'replace files that are there')
    .action((id: string, options: SaveOptions) => save(context, id, options));
}

async function save(context: CommandContext, id: string, { cwd: folder, json, ...options }: SaveOptions): Promise<void> {
  const { hone, terminal } = context;
  await requireStudy(context, folder, id);
  const request = { ...options, folder, study: id };
  let outputs = await hone.save(request);
  const { existing, saved } = outputs;
  if (existing.length > 0 && json !== true && canAsk()) {
    const are = existing.length === 1 ? 'is there' : 'are there';
    if (await confirm(terminal, `${listed(existing)} ${are} already. Replace?`)) {
      const replaced = await hone.save({ ...request, overwrite: true });
      outputs = { ...replaced, saved: [...saved, ...existing.filter((path) => replaced.saved.includes(path))] };
    }
  }
  if (json === true) terminal.result(JSON.stringify({ version: 1, study: id, ...outputs }));
  else describe(outputs).forEach((line) => terminal.result(line));
  if (outputs.existing.length + outputs.refused.length > 0) throw new ExitCode(1);
}

function describe({ target, saved, existing, refused }: SavedOutputs): readonly string[] {
  return [
    ...(saved.length === 0 ? [] : [`Saved ${listed(saved)} in ${target}.`]),
    ...(existing.length === 0 ? [] : [`Left alone, since a file is there already: ${listed(existing)}. --overwrite replaces.`]),
    ...(refused.length === 0 ? [] : [`Not saved, since a link or something else is in the way: ${listed(refused)}.`]),
  ];
}

function listed(paths: readonly string[]): string {
  const more = paths.length > 10 ? `, and ${paths.length - 10} more` : '';
  return `${paths.slice(0, 10).join(', ')}${more}`;
}
