import { resolve } from 'node:path';
import { Option, type Command, type CommandOptions } from 'commander';

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
    .addOption(
      new Option('--cwd <directory>', 'the folder to work in').default(process.cwd(), 'here').argParser((path) => resolve(path)),
    );
}
