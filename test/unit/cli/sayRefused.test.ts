import { expect, test } from 'vitest';
import type { Terminal } from '../../../src/cli/Terminal.ts';
import { sayRefused } from '../../../src/cli/sayRefused.ts';
import type { KeptMail, Outbox } from '../../../src/core/ports/Outbox.ts';

const refusedMail: KeptMail = {
  channel: 'mail',
  subject: 's-1 failed',
  writtenAt: 0,
  problem: { reason: 'h:25 refuses the sender.', next: 'Set another.' },
};

/** What a person is told whose outbox holds these. */
async function said(...refused: readonly KeptMail[]): Promise<readonly string[]> {
  const lines: string[] = [];
  const outbox = { read: async () => ({ waiting: [refusedMail], refused }) } as unknown as Outbox;
  await sayRefused(outbox, { say: (text: string) => void lines.push(text) } as unknown as Terminal);
  return lines;
}

test('whoever waits for a study is told that mail was refused, and of nothing else', async () => {
  expect(await said(refusedMail)).toEqual(['A mail was refused: h:25 refuses the sender. `hone notify` tells more.']);
  expect(await said(refusedMail, refusedMail)).toEqual([expect.stringMatching(/^2 mails were refused/)]);
  expect(await said()).toEqual([]);
});
