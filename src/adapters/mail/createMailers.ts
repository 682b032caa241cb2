import type { Delivery, Mailer } from '../../core/ports/Mailer.ts';
import type { MailSettings } from '../../core/ports/MailSettings.ts';
import type { Mailers } from '../../core/ports/Outbox.ts';
import { DisabledMailer } from './DisabledMailer.ts';
import type { MailSecrets } from './MailSecrets.ts';
import { SmtpMailer } from './SmtpMailer.ts';
import { Webhook } from './Webhook.ts';

export interface MailersOptions {
  readonly settings: () => MailSettings;
  readonly secrets: () => Promise<MailSecrets>;
  readonly caBundle: () => string | null;
}

/** The ways to tell people, as they are set up when they are used. */
export function createMailers({ settings, secrets, caBundle }: MailersOptions): Mailers {
  return {
    mail: late(async () => createMailer(settings(), (await secrets()).password, caBundle())),
    webhook: late(async () => {
      const url = (await secrets()).webhookUrl;
      if (url === null) return new DisabledMailer('No webhook is set up.', 'Set HONE_WEBHOOK_URL.');
      return new Webhook({ url, caBundle: caBundle() });
    }),
  };
}

/** Mail through the server that is named, or nowhere. */
export function createMailer(settings: MailSettings, password: string | null, caBundle: string | null): Mailer {
  const { host } = settings;
  if (host === null)
    return new DisabledMailer('Mail is not set up.', 'Set HONE_SMTP_HOST, or "Hone: Set Up Mail" in the editor.');
  return new SmtpMailer({ settings: { ...settings, host }, password, caBundle });
}

function late(mailer: () => Promise<Mailer>): Mailer {
  return {
    place: async () => (await mailer()).place(),
    send: async (mail, signal): Promise<Delivery> => (await mailer()).send(mail, signal),
    probe: async (signal): Promise<Delivery> => (await mailer()).probe(signal),
  };
}
