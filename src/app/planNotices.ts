import type { ScriptConfiguration } from '../core/study/Configuration.ts';
import type { NoticePlan } from '../core/study/NoticePlan.ts';
import type { StudyKind } from '../core/study/StudyPlan.ts';
import { usualNotices } from '../core/report/owedNotices.ts';
import type { HonePorts } from '../core/ports/HonePorts.ts';

/** Who is told of a study: those whom hone.yaml names, else the user, as far as there is a way to. Null where there is none. */
export async function planNotices(
  { mailers, mailSettings }: Pick<HonePorts, 'mailers' | 'mailSettings'>,
  { notify }: ScriptConfiguration,
  kind: StudyKind,
): Promise<NoticePlan | null> {
  const wanted = notify?.to ?? mailSettings().to;
  const canMail = (await mailers.mail.place()) !== null;
  const to = canMail ? (typeof wanted === 'string' ? [wanted] : wanted) : [];
  const webhook = (await mailers.webhook.place()) !== null;
  if (to.length === 0 && !webhook) return null;
  return { to, on: notify?.on ?? usualNotices(kind), webhook };
}
