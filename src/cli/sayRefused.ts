import type { Outbox } from '../core/ports/Outbox.ts';
import type { Terminal } from './Terminal.ts';

/** Says that mail was refused, where it was: whoever waits for mail would not look into `doctor`. */
export async function sayRefused(outbox: Outbox, terminal: Terminal): Promise<void> {
  const { refused } = await outbox.read();
  const last = refused.at(-1);
  if (last === undefined) return;
  const what = refused.length === 1 ? 'A mail was' : `${refused.length} mails were`;
  terminal.say(`${what} refused: ${last.problem?.reason ?? ''} \`hone notify\` tells more.`);
}
