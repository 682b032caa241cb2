import { CommanderError, type Command } from 'commander';
import { describeError, HoneError, isCancellation } from '../base/HoneError.ts';
import type { Terminal } from './Terminal.ts';

/** Thrown by a command to end with an exit code and nothing more to say. */
export class ExitCode extends Error {
  constructor(readonly code: number) {
    super(`exit code ${code}`);
  }
}

const USAGE: ReadonlySet<HoneError['code']> = new Set(['usage', 'no-script', 'several-scripts', 'configuration', 'not-found']);

/** Runs one command line and returns its exit code: the one place where the command line catches everything. */
export async function runProgram(program: Command, terminal: Terminal, args: readonly string[]): Promise<number> {
  try {
    await program.parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    terminal.clear();
    if (error instanceof ExitCode) return error.code;
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (isCancellation(error)) return 130;
    terminal.say(`hone: ${describeError(error)}`);
    return error instanceof HoneError && USAGE.has(error.code) ? 2 : 1;
  }
}
