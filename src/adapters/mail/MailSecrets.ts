/** What is secret about mail. It is kept in the editor's secret storage or in the environment, and nowhere else. */
export interface MailSecrets {
  /** Null for a server that asks for none. */
  readonly password: string | null;
  /** Whoever knows the address of a webhook can write to it. */
  readonly webhookUrl: string | null;
}
