import { basename } from 'node:path';
import { HoneError } from '../base/HoneError.ts';
import type { Delivery, Mailer } from '../core/ports/Mailer.ts';
import type { MailSettings } from '../core/ports/MailSettings.ts';
import type { Channel } from '../core/ports/Outbox.ts';
import { renderMail } from '../core/report/renderMail.ts';
import type { HonePorts } from '../core/ports/HonePorts.ts';

export interface TestMailRequest {
  /** Absolute path of the folder, whose hone.yaml may name who is told. */
  readonly folder: string;
  /** Who gets it; as for a study where absent. */
  readonly to?: readonly string[];
  /** A server that is not set up yet; its password where it has one. */
  readonly candidate?: { readonly settings: MailSettings; readonly password: string | null };
}

/** What became of a test of one way. */
export interface TestedMail {
  readonly channel: Channel;
  /** Where it leads, without any secret. */
  readonly place: string;
  readonly to: readonly string[];
  readonly delivery: Delivery;
}

/**
 * Sends a mail that says that mail works, and the same to the webhook where there is one. Once it does, what was refused before is tried again.
 * @throws HoneError `configuration` where nothing is set up, or nobody is named
 */
export async function testMail(ports: HonePorts, request: TestMailRequest, signal: AbortSignal): Promise<readonly TestedMail[]> {
  const { candidate, folder } = request;
  const settings = candidate?.settings ?? ports.mailSettings();
  const mailer = candidate === undefined ? ports.mailers.mail : ports.mailerFor(settings, candidate.password);
  const tested = [
    ...(await testOne(ports, folder, 'mail', mailer, () => recipients(ports, request, settings), signal)),
    ...(candidate === undefined ? await testOne(ports, folder, 'webhook', ports.mailers.webhook, async () => [], signal) : []),
  ];
  if (tested.length === 0) throw new HoneError('configuration', 'Neither mail nor a webhook is set up.', { next: SET_UP });
  if (tested.every(({ delivery }) => delivery.state === 'sent')) await ports.outbox.release();
  return tested;
}

const SET_UP =
  'Set HONE_SMTP_HOST and its kin (the README has them), HONE_WEBHOOK_URL, or use "Hone: Set Up Mail" in the editor.';

async function testOne(
  ports: HonePorts,
  folder: string,
  channel: Channel,
  mailer: Mailer,
  recipients: () => Promise<readonly string[]>,
  signal: AbortSignal,
): Promise<readonly TestedMail[]> {
  const place = await mailer.place();
  if (place === null) return [];
  const to = await recipients();
  const writtenAt = ports.now();
  const delivery = await mailer.send({ id: `test-${writtenAt}`, to, writtenAt, mail: testingMail(folder, place) }, signal);
  return [{ channel, place, to, delivery }];
}

async function recipients(ports: HonePorts, { folder, to }: TestMailRequest, settings: MailSettings): Promise<readonly string[]> {
  const named = to ?? (await ports.project.readConfiguration(folder)).notify?.to ?? settings.to;
  const list = typeof named === 'string' ? [named] : named;
  if (list.length > 0) return list;
  throw new HoneError('configuration', 'Nobody is named who gets mail.', {
    next: 'Name one: `notify: {to: ada@example.org}` in hone.yaml, HONE_MAIL_TO, or hone.mail.to in the editor.',
  });
}

function testingMail(folder: string, place: string): ReturnType<typeof renderMail> {
  return renderMail({
    content: {
      title: 'Mail works',
      good: true,
      lead: ['This is a test. News of studies comes this way: targets reached and missed, failures, restarts.'],
      facts: [{ label: 'Sent by', text: place }],
      changes: [],
      notes: [],
      next: null,
      chart: null,
    },
    folder: basename(folder),
    patch: '',
    patchName: '',
    facts: { kind: 'test' },
  });
}
