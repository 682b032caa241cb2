import { NO_MAIL, type MailSecurity, type MailSettings } from '../../core/ports/MailSettings.ts';
import { isMailAddress } from '../../core/study/NoticePlan.ts';
import type { MailSecrets } from './MailSecrets.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * How mail leaves this machine, from environment variables: HONE_SMTP_HOST and its kin, or all in one as HONE_SMTP_URL
 * (`smtp://user@host:587`, `smtps://…`), which holds where HONE_SMTP_HOST is absent. What makes no sense counts as absent.
 */
export function readMailSettings(environment: Environment): MailSettings {
  const read = (name: string): string | null => environment[name]?.trim() || null;
  const named = read('HONE_SMTP_HOST') === null ? fromUrl(read('HONE_SMTP_URL')) : { ...NO_MAIL, host: read('HONE_SMTP_HOST') };
  return {
    host: named.host,
    port: parsePort(read('HONE_SMTP_PORT')) ?? named.port,
    security: parseSecurity(read('HONE_SMTP_SECURITY')) ?? named.security,
    user: read('HONE_SMTP_USER') ?? named.user,
    from: read('HONE_SMTP_FROM'),
    to: (read('HONE_MAIL_TO') ?? '')
      .split(',')
      .map((address) => address.trim())
      .filter(isMailAddress),
  };
}

/** The environment variables that `readMailSettings` turns back into these settings. */
export function mailEnvironment({ host, port, security, user, from, to }: MailSettings): Readonly<Record<string, string>> {
  if (host === null) return to.length === 0 ? {} : { HONE_MAIL_TO: to.join(',') };
  return {
    HONE_SMTP_HOST: host,
    HONE_SMTP_PORT: port === null ? '' : String(port),
    HONE_SMTP_SECURITY: security,
    HONE_SMTP_USER: user ?? '',
    HONE_SMTP_FROM: from ?? '',
    HONE_MAIL_TO: to.join(','),
  };
}

/** The variables that may hold a secret. */
const SECRET_VARIABLES = ['HONE_SMTP_PASSWORD', 'HONE_SMTP_URL', 'HONE_WEBHOOK_URL'] as const;

/**
 * What is secret about mail, taken out of the environment of this process: whatever it starts, or a launch.json may name, is not to have it. The
 * settings are to be read before.
 */
export function takeMailSecrets(environment: Record<string, string | undefined>): MailSecrets {
  const secrets = readMailSecrets(environment);
  for (const name of SECRET_VARIABLES) delete environment[name];
  return secrets;
}

function readMailSecrets(environment: Environment): MailSecrets {
  const { username, password } = parsedUrl(environment['HONE_SMTP_URL']) ?? { username: '', password: '' };
  const inUrl = username !== '' && !environment['HONE_SMTP_HOST'] ? decoded(password) : '';
  return { password: environment['HONE_SMTP_PASSWORD'] || inUrl || null, webhookUrl: environment['HONE_WEBHOOK_URL'] || null };
}

/** The environment variables that `readMailSecrets` turns back into these secrets: for a process of our own, never for one of the user's. */
export function secretsEnvironment({ password, webhookUrl }: MailSecrets): Readonly<Record<string, string>> {
  return {
    ...(password === null ? {} : { HONE_SMTP_PASSWORD: password }),
    ...(webhookUrl === null ? {} : { HONE_WEBHOOK_URL: webhookUrl }),
  };
}

function fromUrl(text: string | null): MailSettings {
  const url = parsedUrl(text ?? undefined);
  if (url === null) return NO_MAIL;
  return {
    ...NO_MAIL,
    host: url.hostname.replace(/^\[|\]$/gu, ''),
    port: parsePort(url.port),
    security: url.protocol === 'smtps:' ? 'tls' : (parseSecurity(url.searchParams.get('security')) ?? 'starttls'),
    user: url.username === '' ? null : decoded(url.username),
  };
}

function parsedUrl(text: string | undefined): URL | null {
  if (text === undefined || !/^smtps?:\/\/./u.test(text) || !URL.canParse(text)) return null;
  return new URL(text);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // A lone percent sign, typed as it is.
  }
}

function parsePort(text: string | null): number | null {
  const port = Number(text);
  return text !== null && Number.isInteger(port) && port > 0 && port < 65_536 ? port : null;
}

function parseSecurity(text: string | null): MailSecurity | null {
  return text === 'starttls' || text === 'tls' || text === 'none' ? text : null;
}
