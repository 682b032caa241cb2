import type { MailSecretStore } from '../mail/MailSecretStore.ts';
import type { MailWatch } from '../mail/MailWatch.ts';
import { setUpMail } from '../mail/setUpMail.ts';
import type { Parts } from '../Parts.ts';
import type { Handlers } from './registerCommands.ts';

/** The command that sets up mail; it needs no folder. */
export function mailCommands(
  { host, workspace }: Parts,
  secrets: MailSecretStore,
  mail: MailWatch,
): Pick<Handlers, 'hone.setUpMail'> {
  return {
    'hone.setUpMail': async () => {
      await setUpMail(() => host.get(), secrets, workspace.folders()[0] ?? '');
      await mail.look();
    },
  };
}
