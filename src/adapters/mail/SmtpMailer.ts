import { hostname } from 'node:os';
import type { SendMailOptions, Transporter } from 'nodemailer';
import { HoneError } from '../../base/HoneError.ts';
import type { Delivery, Mailer, OutgoingMail } from '../../core/ports/Mailer.ts';
import { isLoopback, portOf, type MailSettings } from '../../core/ports/MailSettings.ts';
import { describeSmtpFailure } from './describeSmtpFailure.ts';
import { readAuthorities } from './readAuthorities.ts';

export interface SmtpMailerOptions {
  readonly settings: MailSettings & { readonly host: string };
  /** Null for a server that asks for none. */
  readonly password: string | null;
  /** Path of a PEM file with certificates to trust besides the usual ones. */
  readonly caBundle: string | null;
}

const CONNECT_MS = 8000;
const SILENCE_MS = 15_000;

/** Mail by SMTP, through one server. Each attempt has a connection of its own. */
export class SmtpMailer implements Mailer {
  readonly #options: SmtpMailerOptions;

  constructor(options: SmtpMailerOptions) {
    this.#options = options;
  }

  async place(): Promise<string> {
    const { settings } = this.#options;
    return `${settings.host}:${portOf(settings)}`;
  }

  send({ id, to, writtenAt, mail }: OutgoingMail, signal: AbortSignal): Promise<Delivery> {
    const message: SendMailOptions = {
      // The recipient's program shows a message once, however often it came.
      messageId: `<${id}@hone.invalid>`,
      date: new Date(writtenAt),
      from: { name: 'Hone', address: senderOf(this.#options.settings) },
      to: to.map((address) => ({ name: '', address })),
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
      attachments: mail.attachments.map(({ name, type, content, shownAs }) => ({
        filename: name,
        contentType: type,
        content: Buffer.from(content, 'base64'),
        ...(shownAs === null ? {} : { cid: shownAs, contentDisposition: 'inline' as const }),
      })),
      disableFileAccess: true,
      disableUrlAccess: true,
      signal,
    };
    return this.#attempt(async (transport) => {
      const { rejected = [] } = await transport.sendMail(message);
      return { state: 'sent', warning: rejected.length === 0 ? null : `The server refused ${rejected.join(', ')}.` };
    });
  }

  probe(): Promise<Delivery> {
    return this.#attempt(async (transport) => {
      await transport.verify();
      return { state: 'sent', warning: null };
    });
  }

  async #attempt(act: (transport: Transporter) => Promise<Delivery>): Promise<Delivery> {
    const unusable = this.#unusable();
    if (unusable !== null) return unusable;
    try {
      const transport = await this.#connect();
      try {
        return await act(transport);
      } finally {
        transport.close();
      }
    } catch (error) {
      if (error instanceof HoneError) return { state: 'delayed', reason: error.message, next: error.next ?? '' };
      return describeSmtpFailure(error, this.#options.settings, this.#options.password);
    }
  }

  /** What need not be tried. */
  #unusable(): Delivery | null {
    const { settings, password } = this.#options;
    if (settings.user === null) return null;
    if (password === null || password === '') {
      const reason = `The password of ${settings.user} for ${settings.host} is not known here.`;
      return { state: 'delayed', reason, next: 'Set HONE_SMTP_PASSWORD, or "Hone: Set Up Mail" in the editor.' };
    }
    if (settings.security !== 'none' || isLoopback(settings.host)) return null;
    const reason = `The password would go to ${settings.host} unprotected, for all on the way to read.`;
    return { state: 'refused', reason, next: 'Set the security to starttls or tls.' };
  }

  async #connect(): Promise<Transporter> {
    const { settings, password, caBundle } = this.#options;
    // Loaded when first needed: most commands send nothing.
    const { createTransport } = await import('nodemailer');
    return createTransport({
      host: settings.host,
      port: portOf(settings),
      secure: settings.security === 'tls',
      requireTLS: settings.security === 'starttls',
      ignoreTLS: settings.security === 'none',
      ...(settings.user === null ? {} : { auth: { user: settings.user, pass: password ?? '' } }),
      tls: { minVersion: 'TLSv1.2', ...(await readAuthorities(caBundle)) },
      dnsTimeout: CONNECT_MS,
      connectionTimeout: CONNECT_MS,
      greetingTimeout: CONNECT_MS,
      socketTimeout: SILENCE_MS,
    });
  }
}

/** Address of the sender: the one that is set, else the user's name where it is an address, else one of this machine. */
function senderOf({ from, user }: MailSettings): string {
  if (from !== null) return from;
  return user?.includes('@') === true ? user : `hone@${hostname().replace(/[^\w.-]/gu, '') || 'localhost'}`;
}
