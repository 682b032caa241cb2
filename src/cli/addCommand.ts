import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { InvalidArgumentError, Option, type Command, type CommandOptions } from 'commander';

/** Options that every command takes. */
export interface CommonOptions {
  readonly json?: boolean;
  /** Absolute. */
  readonly cwd: string;
}

/** A subcommand with the options that every command takes. */
export function addCommand(
  program: Command,
  nameAndArguments: string,
  description: string,
  options: CommandOptions = {},
): Command {
  return program
    .command(nameAndArguments, options)
    .description(description)
    .option('--json', 'one JSON document on standard output')
    .addOption(new Option('--cwd <directory>', 'the folder to work in').default(process.cwd(), 'here').argParser(existingFolder));
}

function existingFolder(path: string): string {
  if (statSync(resolve(path), { throwIfNoEntry: false })?.isDirectory() === true) return resolve(path);
  throw new InvalidArgumentError('It is no folder.');
}
