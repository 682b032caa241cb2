import type { Delivery } from '../core/ports/Mailer.ts';
import type { OutboxContents } from '../core/ports/Outbox.ts';
import type { Check } from './Hone.ts';
import type { HonePorts } from '../core/ports/HonePorts.ts';

/** A server that is silent for longer than this says nothing to `doctor`. */
const TIMEOUT_MS = 4000;

/** Whether mail could be sent now, and what could not be so far. Where nothing is set up, that is fine. */
export async function checkMail({ mailers, mailSettings, outbox }: HonePorts): Promise<readonly Check[]> {
  const [place, webhook, contents] = await Promise.all([mailers.mail.place(), mailers.webhook.place(), outbox.read()]);
  const checks: Check[] = [];
  if (place !== null)
    checks.push(describeMail(place, mailSettings().to, await within(mailers.mail.probe(AbortSignal.timeout(TIMEOUT_MS)))));
  if (webhook !== null)
    checks.push(
      describe(`News is posted to the webhook at ${webhook}.`, await mailers.webhook.probe(AbortSignal.timeout(TIMEOUT_MS))),
    );
  if (checks.length === 0) checks.push({ name: 'mail', state: 'ok', text: 'Mail is not set up; nothing is sent.', next: null });
  return [...checks, ...describeKept(contents)];
}

function describeMail(place: string, to: readonly string[], delivery: Delivery): Check {
  const whom = to.length === 0 ? 'whom hone.yaml names as `notify.to`' : to.join(', ');
  return describe(`Mail goes through ${place} to ${whom}.`, delivery);
}

function describe(text: string, delivery: Delivery): Check {
  if (delivery.state === 'sent') return { name: 'mail', state: 'ok', text, next: null };
  return { name: 'mail', state: 'warning', text: delivery.reason, next: delivery.next };
}

function describeKept({ waiting, refused }: OutboxContents): readonly Check[] {
  const mails = (count: number): string => (count === 1 ? '1 mail' : `${count} mails`);
  const [held, failed] = [waiting.findLast(({ problem }) => problem !== null), refused.at(-1)];
  const next = 'Then `hone notify --test`: once that goes through, all of them do.';
  return [
    ...(held?.problem == null
      ? []
      : [
          {
            name: 'mail',
            state: 'warning',
            text: `${mails(waiting.length)} wait${waiting.length === 1 ? 's' : ''}: ${held.problem.reason}`,
            next: held.problem.next,
          } as const,
        ]),
    ...(failed === undefined
      ? []
      : [
          {
            name: 'mail',
            state: 'warning',
            text: `${mails(refused.length)} ${refused.length === 1 ? 'was' : 'were'} refused: ${failed.problem?.reason ?? ''}`,
            next: `${failed.problem?.next ?? ''} ${next}`.trim(),
          } as const,
        ]),
  ];
}

async function within(delivery: Promise<Delivery>): Promise<Delivery> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<Delivery>((resolve) => {
    const reason = `The mail server does not answer within ${TIMEOUT_MS / 1000} seconds.`;
    timer = setTimeout(
      () => resolve({ state: 'delayed', reason, next: 'Check its name, its port and the network.' }),
      TIMEOUT_MS,
    );
  });
  try {
    return await Promise.race([delivery, late]);
  } finally {
    clearTimeout(timer);
  }
}
