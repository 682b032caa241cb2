import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { HoneError } from '../base/HoneError.ts';
import { addCommand, type CommonOptions } from './addCommand.ts';
import type { CommandContext } from './CommandContext.ts';
import { requireStudy } from './requireStudy.ts';

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
  await write(path, await hone.report(folder, id));
  terminal.result(json === true ? JSON.stringify({ version: 1, study: id, path }) : path);
}

async function write(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (error) {
    const isAbsent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const why = isAbsent ? 'there is no such folder' : error instanceof Error ? error.message : String(error);
    throw new HoneError('usage', `The report cannot be written to ${path}: ${why}.`, {
      next: 'Name another file with --to.',
      cause: error,
    });
  }
}
