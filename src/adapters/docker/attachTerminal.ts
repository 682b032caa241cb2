import type { Duplex } from 'node:stream';
import { finished } from 'node:stream/promises';
import { demultiplex } from './demultiplex.ts';

/** Whether this process has a terminal, so that what is attached gets one of its own. */
export function hasTerminal(): boolean {
  return process.stdin.isTTY && process.stdout.isTTY;
}

/**
 * Connects an attached stream with this process's standard input and output until it ends. On a terminal each key goes over as it is, and
 * `resize` is told its size, first and whenever that changes; elsewhere the end of the input is passed on.
 */
export async function attachTerminal(
  stream: Duplex,
  tty: boolean,
  resize: (size: { readonly h: number; readonly w: number }) => Promise<unknown>,
): Promise<void> {
  const { stdin, stdout, stderr } = process;
  const tell = (): void => void resize({ h: stdout.rows, w: stdout.columns }).catch(ignoreEnded);
  if (tty) {
    stdin.setRawMode(true);
    stdout.on('resize', tell);
    tell();
    stream.pipe(stdout, { end: false });
  } else {
    const output = demultiplex(stream);
    output.stdout.pipe(stdout, { end: false });
    output.stderr.pipe(stderr, { end: false });
  }
  stdin.pipe(stream);
  try {
    await finished(stream, { writable: false });
  } catch (error) {
    if (!(error instanceof Error)) throw error; // The connection broke, which is an end.
  } finally {
    stdin.unpipe(stream);
    stdin.pause();
    if (tty) {
      stdout.off('resize', tell);
      stdin.setRawMode(false);
    }
  }
}

/** A container that has just ended has no size. */
function ignoreEnded(): void {}
