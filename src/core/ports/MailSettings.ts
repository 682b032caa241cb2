/** How the connection to a mail server is protected: upgraded before anything is said, from its first byte, or not at all. */
export type MailSecurity = 'starttls' | 'tls' | 'none';

/** How mail leaves this machine. The password is no part of it. */
export interface MailSettings {
  /** Name of the server; null where mail is not set up. */
  readonly host: string | null;
  /** The usual one of its security where null. */
  readonly port: number | null;
  readonly security: MailSecurity;
  /** Name to log in with; null for a server that asks for none. */
  readonly user: string | null;
  /** Address of the sender; the user's name where null. */
  readonly from: string | null;
  /** Who is told where hone.yaml names nobody. */
  readonly to: readonly string[];
}

/** Mail as nobody set it up. */
export const NO_MAIL: MailSettings = { host: null, port: null, security: 'starttls', user: null, from: null, to: [] };

const USUAL_PORTS: Readonly<Record<MailSecurity, number>> = { starttls: 587, tls: 465, none: 25 };

/** The port that a server is asked on. */
export function portOf({ port, security }: Pick<MailSettings, 'port' | 'security'>): number {
  return port ?? USUAL_PORTS[security];
}

/** Whether a name means this machine, which nobody listens in on the way to. */
export function isLoopback(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/iu.test(host);
}
