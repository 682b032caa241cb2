import { resolve } from 'node:path';
import type { Command } from 'commander';
import { addCommand, type CommonOptions } from './addCommand.ts';
import type { CommandContext } from './CommandContext.ts';
import { requireStudy } from './requireStudy.ts';
import { writeResult } from './writeResult.ts';

/** `hone report ID [--to FILE]` */
export function addReport(program: Command, context: CommandContext): void {
  addCommand(program, 'report <study>', 'a study as one HTML page')
    .option('--to <file>', 'where to write it; ID.html where absent')
    .action((id: string, options: CommonOptions & { readonly to?: string }) => report(context, id, options));
}

async function report(
  context: CommandContext,
  id: string,
  { cwd: folder, to, json }: CommonOptions & { readonly to?: string },
): Promise<void> {
  const { hone, terminal } = context;
  await requireStudy(context, folder, id);
  const path = resolve(folder, to ?? `${id}.html`);
  await writeResult(path, await hone.report(folder, id), '--to');
  terminal.result(json === true ? JSON.stringify({ version: 1, study: id, path }) : path);
}
