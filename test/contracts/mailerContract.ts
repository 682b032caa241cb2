import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Mailer } from '../../src/core/ports/Mailer.ts';
import { buildOutgoing } from '../fakes/buildMail.ts';

/** A mailer with the other end of it: what came, and how it is made to answer. */
export interface MailerUnderTest {
  readonly mailer: Mailer;
  /** Subjects that came, with the ids of their mails. */
  received(): readonly { readonly subject: string; readonly id: string }[];
  /** From now on the other end takes all, says that it is busy, or refuses for good. */
  answer(how: 'take' | 'busy' | 'refuse'): void;
  close(): Promise<void>;
}

/** What every mailer promises: the same suite runs against the fake, a mail server and a webhook. */
export function describeMailer(name: string, create: () => Promise<MailerUnderTest>): void {
  describe(`${name} as a Mailer`, () => {
    const never = new AbortController().signal;
    let tested: MailerUnderTest;
    beforeAll(async () => {
      tested = await create();
    });
    afterAll(() => tested.close());

    test('tells where it leads', async () => {
      expect(await tested.mailer.place()).toMatch(/^\S+:\d+$/);
    });

    test('sends, with the id of the mail each time', async () => {
      tested.answer('take');
      for (let attempt = 0; attempt < 2; attempt++)
        expect(await tested.mailer.send(buildOutgoing(), never)).toEqual({ state: 'sent', warning: null });
      const expected = { subject: buildOutgoing().mail.subject, id: 'a1b2c3' };
      expect(tested.received().slice(-2)).toEqual([expected, expected]);
    });

    test.each([
      ['busy', 'delayed'],
      ['refuse', 'refused'],
    ] as const)('answers with a sentence where the other end says: %s', async (how, state) => {
      tested.answer(how);
      const before = tested.received().length;
      const delivery = await tested.mailer.send(buildOutgoing(), never);
      expect(delivery).toMatchObject({ state, reason: expect.stringMatching(/\S/), next: expect.stringMatching(/\.$/) });
      expect(JSON.stringify(delivery)).not.toMatch(/canary|\bat \w+ \(/);
      expect(tested.received()).toHaveLength(before);
    });

    test('rejects nothing where it is cut short', async () => {
      tested.answer('take');
      expect(await tested.mailer.send(buildOutgoing(), AbortSignal.abort())).toMatchObject({ state: 'delayed' });
    });
  });
}
