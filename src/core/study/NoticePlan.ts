/** What a person is told of, beside what a face shows: how a study ended, that it was restarted, that it waits for an answer, that a push lost accuracy. */
export const NOTICE_KINDS = [
  'target-reached',
  'target-missed',
  'complete',
  'failed',
  'restarted',
  'waiting',
  'accuracy-lost',
] as const;

export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** Who is told of a study, and of what. */
export interface NoticePlan {
  /** Mail addresses; empty where only the webhook is told. */
  readonly to: readonly string[];
  readonly on: readonly NoticeKind[];
  /** Whether the webhook is told, too. */
  readonly webhook: boolean;
}

/** Longer addresses are not delivered (RFC 5321, 4.5.3.1.3). */
const LONGEST_ADDRESS = 254;

/** Whether a text is one plain mail address, without a name, a list or anything that could end a header. */
export function isMailAddress(text: string): boolean {
  return text.length <= LONGEST_ADDRESS && /^[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*$/u.test(text);
}
