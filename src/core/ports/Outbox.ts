import type { Mail } from '../report/Mail.ts';
import type { Mailer, MailProblem } from './Mailer.ts';

export type Channel = 'mail' | 'webhook';

/** The ways that are set up, each asked anew for its settings at each use. */
export type Mailers = Readonly<Record<Channel, Mailer>>;

/** A mail that was not sent yet. */
export interface KeptMail {
  readonly channel: Channel;
  readonly subject: string;
  /** Milliseconds since 1970. */
  readonly writtenAt: number;
  /** Why the last attempt failed; null before the first. */
  readonly problem: MailProblem | null;
}

export interface OutboxContents {
  /** Tried again by themselves. */
  readonly waiting: readonly KeptMail[];
  /** Kept, and tried again only once something was changed. */
  readonly refused: readonly KeptMail[];
}

/** Mails on their way, kept on the disk: a server that is down delays them, a crash neither loses nor doubles one. */
export interface Outbox {
  /** Keeps a mail until it is sent. Its key names it for ever: what was sent, waits or was refused is not taken again. */
  add(key: string, channel: Channel, to: readonly string[], mail: Mail): Promise<void>;
  /** Whether a mail of that key was taken. */
  has(key: string, channel: Channel): Promise<boolean>;
  /**
   * Sends what is due, or all that waits; each mail by one process at a time. Resolves when nothing of it is left that this process could send.
   */
  deliver(which: 'due' | 'waiting', signal: AbortSignal): Promise<void>;
  read(): Promise<OutboxContents>;
  /** Lets what was refused, or waits, be tried at once: something was changed. */
  release(): Promise<void>;
}
