/** A file that goes with a mail. */
export interface MailAttachment {
  readonly name: string;
  readonly type: 'text/x-patch' | 'image/png';
  /** Base64. */
  readonly content: string;
  /** Name that the HTML shows it by, `cid:curve`; null where it is a file to be opened. */
  readonly shownAs: string | null;
}

/** What is said by mail and by webhook. All of it is plain data, so that it can be kept in a file until it is sent. */
export interface Mail {
  /** One line. */
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly MailAttachment[];
  /** What a program that listens needs to know; numbers and short texts. */
  readonly facts: Readonly<Record<string, string | number | null>>;
}
