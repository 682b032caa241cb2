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

/** A command line's own arguments, and those after `--`, which are the script's. */
export function splitArguments(args: readonly string[]): readonly [readonly string[], readonly string[]] {
  const at = args.indexOf('--');
  return at === -1 ? [args, []] : [args.slice(0, at), args.slice(at + 1)];
}

/** Runs one command line and returns its exit code: the one place where the command line catches everything. */
export async function runProgram(program: Command, terminal: Terminal, args: readonly string[]): Promise<number> {
  try {
    await program.parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    terminal.clear();
    if (error instanceof ExitCode) return error.code;
    if (error instanceof CommanderError) {
      const failed = error.exitCode !== 0;
      if (failed && args.includes('--json')) terminal.result(JSON.stringify({ version: 1, error: usageDocument(error) }));
      return failed ? 2 : 0;
    }
    if (isCancellation(error)) return 130;
    terminal.say(`hone: ${describeError(error)}`);
    if (args.includes('--json')) terminal.result(JSON.stringify({ version: 1, error: errorDocument(error) }));
    return error instanceof HoneError && USAGE.has(error.code) ? 2 : 1;
  }
}

function usageDocument({ message }: CommanderError): ReturnType<typeof errorDocument> {
  return { code: 'usage', message: message.replace(/^error: /u, ''), next: '`hone --help` lists the commands.' };
}

function errorDocument(error: unknown): { readonly code: string; readonly message: string; readonly next: string | null } {
  if (error instanceof HoneError) return { code: error.code, message: error.message, next: error.next };
  return { code: 'internal', message: describeError(error), next: null };
}
