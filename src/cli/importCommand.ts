import { resolve } from 'node:path';
import type { Command } from 'commander';
import { addCommand, type CommonOptions } from './addCommand.ts';
import type { CommandContext } from './CommandContext.ts';

/** `hone import PATH [--continue]` */
export function addImport(program: Command, { hone, terminal }: CommandContext): void {
  addCommand(program, 'import <path>', 'bring studies here that a build server archived: a folder, a zip or a tar file')
    .option('--continue', 'to go on with them, which `hone tune --study ID` does; else they are only there to be looked at')
    .action(async (path: string, { cwd, json, ...options }: CommonOptions & { readonly continue?: boolean }) => {
      const request = { path: resolve(cwd, path), continues: options.continue === true };
      const studies = await hone.import(cwd, request);
      if (json === true) return terminal.result(JSON.stringify({ version: 1, studies }));
      for (const { study, from } of studies) {
        terminal.result(study === from ? `${study} is here.` : `${from} is here as ${study}: there was one of its id already.`);
      }
    });
}
