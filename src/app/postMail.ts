import type { Outbox } from '../core/ports/Outbox.ts';
import type { Mail } from '../core/report/Mail.ts';
import type { NoticePlan } from '../core/study/NoticePlan.ts';

/** Puts a mail into the outbox for whom a plan names, by each way that it names; written only where it was not taken before under that key. */
export async function postMail(
  outbox: Outbox,
  notify: NoticePlan | null | undefined,
  key: string,
  write: () => Promise<Mail>,
): Promise<void> {
  const { to = [], webhook = false } = notify ?? {};
  const channels = [...(to.length > 0 ? (['mail'] as const) : []), ...(webhook ? (['webhook'] as const) : [])];
  let mail: Mail | null = null;
  for (const channel of channels) {
    if (await outbox.has(key, channel)) continue;
    mail ??= await write();
    await outbox.add(key, channel, channel === 'mail' ? to : [], mail);
  }
}
