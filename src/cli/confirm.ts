import { createInterface } from 'node:readline/promises';
import type { Terminal } from './Terminal.ts';

/** Whether a person can be asked. */
export function canAsk(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}

/** Asks a yes-or-no question on the terminal; anything but a yes is a no. */
export async function confirm(terminal: Terminal, question: string): Promise<boolean> {
  terminal.clear();
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await reader.question(`${question} [y/N] `)).trim());
  } finally {
    reader.close();
  }
}
