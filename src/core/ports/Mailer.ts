import type { Mail } from '../report/Mail.ts';

/** A mail with all that does not change however often it is tried. */
export interface OutgoingMail {
  /** The same for the same news, so that who gets it twice can tell. Letters and digits. */
  readonly id: string;
  /** Plain addresses; empty for a webhook. */
  readonly to: readonly string[];
  /** When it was written, milliseconds since 1970. */
  readonly writtenAt: number;
  readonly mail: Mail;
}

/** Why something was not sent: a sentence, and what to do about it. */
export interface MailProblem {
  readonly reason: string;
  readonly next: string;
}

/** What became of an attempt: a delay may pass, a refusal stays until a person changes something. */
export type Delivery =
  /** `warning` where some of those it was for were refused. */
  | { readonly state: 'sent'; readonly warning: string | null }
  | ({ readonly state: 'delayed' } & MailProblem)
  | ({ readonly state: 'refused' } & MailProblem);

/** A way to tell people who look at no window. Failures are answers: nothing rejects. */
export interface Mailer {
  /** Where it leads, `smtp.example.org:587`, without any secret; null where it is not set up. */
  place(): Promise<string | null>;
  /** Tries once, for less than a minute. */
  send(mail: OutgoingMail, signal: AbortSignal): Promise<Delivery>;
  /** Connects and logs in as for a mail, and sends none. */
  probe(signal: AbortSignal): Promise<Delivery>;
}
