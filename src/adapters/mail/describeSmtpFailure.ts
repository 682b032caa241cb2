import type { Delivery } from '../../core/ports/Mailer.ts';
import { portOf, type MailSettings } from '../../core/ports/MailSettings.ts';
import { oneLine } from '../../core/report/oneLine.ts';

/** What an error of the mail library tells: its own code, the system's, and what the server said. */
interface SmtpFailure {
  readonly code: string;
  readonly system: string;
  readonly message: string;
  readonly status: number | null;
  readonly answer: string;
  readonly command: string;
}

const SET_UP = 'set up mail again: "Hone: Set Up Mail", or HONE_SMTP_HOST and its kin.';

/** What went wrong between this machine and a mail server, in one sentence, and whether it may pass by itself. The password is in none of it. */
export function describeSmtpFailure(error: unknown, settings: MailSettings, password: string | null): Delivery {
  const failure = failureOf(error, password);
  const server = `${settings.host ?? ''}:${portOf(settings)}`;
  return answered(failure, server) ?? unanswered(failure, server, settings);
}

/** The server was reached and said no. What it calls temporary (4xx) is tried again. */
function answered({ code, status, answer, command }: SmtpFailure, server: string): Delivery | null {
  // A server that does not know STARTTLS refuses the word, not the mail.
  if (status === null || code === 'ETLS') return null;
  const state = status >= 500 ? 'refused' : 'delayed';
  if (code === 'EAUTH') {
    return { state, reason: `${server} refuses the user or the password: ${answer}`, next: `Check both, then ${SET_UP}` };
  }
  if (command.startsWith('RCPT')) {
    return {
      state,
      reason: `${server} refuses the recipient: ${answer}`,
      next: 'Check `notify.to` in hone.yaml, or hone.mail.to.',
    };
  }
  if (command.startsWith('MAIL')) {
    return {
      state,
      reason: `${server} refuses the sender: ${answer}`,
      next: 'Set hone.mail.from, or HONE_SMTP_FROM, to an address of yours.',
    };
  }
  return { state, reason: `${server} refuses the mail: ${answer}`, next: `Ask whoever runs that server, or ${SET_UP}` };
}

/** Nothing was refused for good: the network may be another one in an hour. */
function unanswered({ code, system, message }: SmtpFailure, server: string, { host, security }: MailSettings): Delivery {
  const delayed = (reason: string, next: string): Delivery => ({ state: 'delayed', reason, next });
  const kinds = `${code} ${system} ${message}`;
  if (code === 'EDNS' || /ENOTFOUND|EAI_AGAIN/u.test(kinds)) {
    return delayed(
      `There is no server of the name ${host ?? ''}, as far as this machine can tell.`,
      'Check the name and the network.',
    );
  }
  if (/CERT|SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY)|ALTNAME|certificate/iu.test(kinds)) {
    const why = oneLine(message, 120).replace(/[.:\s]+$/u, '');
    return delayed(
      `The certificate of ${server} is not trusted (${why}).`,
      'Check the name of the server, or name the certificates of your network in hone.images.caBundle, or HONE_CA_BUNDLE.',
    );
  }
  if (/ECONNREFUSED/u.test(kinds))
    return delayed(`Nothing listens at ${server}.`, 'Check the name, the port, and whether it runs.');
  if (/wrong version number|packet length too long|EPROTO|http request/iu.test(kinds)) {
    return delayed(`${server} does not speak TLS from the first byte.`, 'Set the security to starttls, whose usual port is 587.');
  }
  if (security === 'starttls' && (code === 'ETLS' || /STARTTLS/u.test(message))) {
    return delayed(`${server} offers no STARTTLS.`, 'Set the security to tls, whose usual port is 465, or ask whoever runs it.');
  }
  if (code === 'EAUTH')
    return delayed(`${server} offers no login that is known.`, 'Remove the user, if the server asks for none.');
  if (code === 'ETIMEDOUT') {
    return delayed(
      `${server} does not answer.`,
      'Check the port and the network; many block mail but for the ports 587 and 465.',
    );
  }
  if (code === 'EABORT') return delayed('It was cut short.', 'It is tried again.');
  return delayed(`${server} cannot be used: ${oneLine(message, 160)}`, `Check the network, or ${SET_UP}`);
}

function failureOf(error: unknown, password: string | null): SmtpFailure {
  const found = (typeof error === 'object' && error !== null ? error : {}) as Readonly<Record<string, unknown>>;
  const text = (value: unknown): string => (typeof value === 'string' ? hide(value, password) : '');
  return {
    code: text(found['code']),
    system: text(found['originalCode']),
    message: error instanceof Error ? hide(error.message, password) : 'it failed',
    status: typeof found['responseCode'] === 'number' ? found['responseCode'] : null,
    answer: sentence(oneLine(text(found['response']), 160)),
    command: text(found['command']),
  };
}

function sentence(text: string): string {
  return /[.!?…]$/u.test(text) ? text : `${text}.`;
}

/** A server may repeat what it was told. */
function hide(text: string, password: string | null): string {
  if (password === null || password === '') return text;
  return text.replaceAll(password, '***').replaceAll(Buffer.from(password).toString('base64'), '***');
}
