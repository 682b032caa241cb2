import type { OutgoingMail } from '../../src/core/ports/Mailer.ts';
import type { Mail } from '../../src/core/report/Mail.ts';

/** A mail; a test says what is different. */
export function buildMail(parts: Partial<Mail> = {}): Mail {
  return {
    subject: 'Hone: größe-1 reached its target',
    text: 'größe-1 reached its target.\n',
    html: '<p>größe-1 reached its target.</p><img src="cid:curve">',
    attachments: [
      { name: 'curve.png', type: 'image/png', content: Buffer.from('picture').toString('base64'), shownAs: 'curve' },
      { name: 'größe-1.patch', type: 'text/x-patch', content: Buffer.from('-a\n+ä\n').toString('base64'), shownAs: null },
    ],
    facts: { kind: 'target-reached', value: 0.97, target: 0.95, reason: null },
    ...parts,
  };
}

export function buildOutgoing(parts: Partial<OutgoingMail> = {}): OutgoingMail {
  return { id: 'a1b2c3', to: ['ada@example.org'], writtenAt: 1_700_000_000_000, mail: buildMail(), ...parts };
}
