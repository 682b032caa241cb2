import type { MailSecretStore } from '../mail/MailSecretStore.ts';
import { setUpMail } from '../mail/setUpMail.ts';
import type { Parts } from '../Parts.ts';
import type { Handlers } from './registerCommands.ts';

/** The command that sets up mail; it needs no folder. */
export function mailCommands({ host, workspace }: Parts, secrets: MailSecretStore): Pick<Handlers, 'hone.setUpMail'> {
  return { 'hone.setUpMail': () => setUpMail(() => host.get(), secrets, workspace.folders()[0] ?? '') };
}
