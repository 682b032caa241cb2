import { request as requestPlain } from 'node:http';
import { request as requestSecure, type RequestOptions } from 'node:https';
import { HoneError } from '../../base/HoneError.ts';
import type { Delivery, Mailer, OutgoingMail } from '../../core/ports/Mailer.ts';
import { isLoopback } from '../../core/ports/MailSettings.ts';
import { readAuthorities } from './readAuthorities.ts';

export interface WebhookOptions {
  /** Often a secret: only its host is ever told. */
  readonly url: string;
  /** As for SmtpMailer. */
  readonly caBundle: string | null;
}

const TIMEOUT_MS = 15_000;
/** Those that a busy or half-started server answers with. */
const PASSING = new Set([408, 425, 429]);

/**
 * News as one POST of JSON: `{version, id, text, ...facts}`, in which chat programs show `text`. By https, plain only to this machine; no
 * redirect is followed, since it could lead what is said elsewhere.
 */
export class Webhook implements Mailer {
  readonly #options: WebhookOptions;

  constructor(options: WebhookOptions) {
    this.#options = options;
  }

  async place(): Promise<string> {
    return URL.canParse(this.#options.url) ? new URL(this.#options.url).host : 'an address that makes no sense';
  }

  async send({ id, mail }: OutgoingMail, signal: AbortSignal): Promise<Delivery> {
    const url = this.#address();
    if (!(url instanceof URL)) return url;
    const body = JSON.stringify({ version: 1, id, subject: mail.subject, ...mail.facts, text: mail.text });
    try {
      const { status, location } = await this.#post(url, body, id, signal);
      return deliveryOf(url, status, location);
    } catch (error) {
      if (error instanceof HoneError) return { state: 'delayed', reason: error.message, next: error.next ?? '' };
      const why = error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.message) : String(error);
      return {
        state: 'delayed',
        reason: `The webhook at ${url.host} cannot be reached (${why}).`,
        next: 'Check its address and the network.',
      };
    }
  }

  /** Whether its address may be used: a POST that says nothing would be news to whoever reads it. */
  async probe(): Promise<Delivery> {
    const url = this.#address();
    return url instanceof URL ? { state: 'sent', warning: null } : url;
  }

  #address(): URL | Delivery {
    const url = URL.canParse(this.#options.url) ? new URL(this.#options.url) : null;
    const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
    if (url !== null && isSafe) return url;
    const reason =
      url === null ? 'The address of the webhook makes no sense.' : `The webhook at ${url.host} is not asked by https.`;
    return { state: 'refused', reason, next: 'Set HONE_WEBHOOK_URL to an address that begins with https://.' };
  }

  async #post(url: URL, body: string, id: string, signal: AbortSignal): Promise<{ status: number; location: string }> {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), 'idempotency-key': id };
    const options: RequestOptions = {
      method: 'POST',
      headers,
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      ...(await readAuthorities(this.#options.caBundle)),
    };
    return new Promise((resolve, reject) => {
      const request = (url.protocol === 'https:' ? requestSecure : requestPlain)(url, options, (response) => {
        resolve({ status: response.statusCode ?? 0, location: response.headers.location ?? '' });
        response.destroy(); // What it says beside that is of no use here, however long it is.
      });
      request.on('error', reject);
      request.end(body);
    });
  }
}

function deliveryOf({ host }: URL, status: number, location: string): Delivery {
  if (status >= 200 && status < 300) return { state: 'sent', warning: null };
  if (status >= 300 && status < 400) {
    const to = URL.canParse(location) ? new URL(location).host : 'elsewhere';
    return {
      state: 'refused',
      reason: `The webhook at ${host} redirects to ${to}.`,
      next: 'Set HONE_WEBHOOK_URL to where it leads.',
    };
  }
  const state = status >= 500 || PASSING.has(status) ? 'delayed' : 'refused';
  return { state, reason: `The webhook at ${host} answers with ${status}.`, next: 'Check its address, or ask whoever runs it.' };
}
