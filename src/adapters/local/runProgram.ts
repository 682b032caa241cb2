import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { HoneError } from '../../base/HoneError.ts';
import { killTree } from './killTree.ts';

/** What a program said, and how it ended. */
export interface ProgramEnd {
  readonly exitCode: number | null;
  /** Its last lines, of both streams. */
  readonly output: readonly string[];
}

const KEPT_LINES = 2000;

/** Runs a program to its end, telling its lines. An abort ends it with all that it started, and throws HoneError `cancelled`. */
export async function runProgram(
  command: readonly [string, ...string[]],
  options: { readonly cwd: string; readonly environment: NodeJS.ProcessEnv },
  onLine: (line: string) => void,
  signal: AbortSignal,
): Promise<ProgramEnd> {
  const [program, ...args] = command;
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: options.environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32', // A process group of its own, so that all of it can be stopped.
    windowsHide: true,
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      output.push(line.trimEnd());
      if (output.length > KEPT_LINES) output.shift();
      if (line.trim() !== '') onLine(line.trim());
    });
  }
  const stop = (): void => killTree(child);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  const exitCode = await new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      output.push(error.message);
      resolve(null);
    });
    child.once('close', resolve);
  });
  signal.removeEventListener('abort', stop);
  if (signal.aborted) throw new HoneError('cancelled', 'Cancelled.');
  return { exitCode, output };
}
