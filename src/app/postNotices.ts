import { basename } from 'node:path';
import { describeNotice } from '../core/report/describeNotice.ts';
import type { Mail } from '../core/report/Mail.ts';
import { owedNotices, type Notice } from '../core/report/owedNotices.ts';
import { renderMail } from '../core/report/renderMail.ts';
import type { JournalEvent } from '../core/study/JournalEvent.ts';
import { reduceStudy } from '../core/study/reduceStudy.ts';
import type { Study } from '../core/study/Study.ts';
import type { StudyPlan } from '../core/study/StudyPlan.ts';
import { postMail } from './postMail.ts';
import type { NoticePorts } from './NoticePorts.ts';
import { patchOfTrial } from './patchOfTrial.ts';

/**
 * Puts all that is to be told of a study by now into the outbox. What is there, or was sent, is not taken again: its key is made of what it is
 * about, so that this may be called as often as one likes, by whoever finds the journal.
 * @returns When the next notice is due, milliseconds since 1970; null where none is expected.
 */
export async function postNotices(ports: NoticePorts, plan: StudyPlan, events: readonly JournalEvent[]): Promise<number | null> {
  const study = reduceStudy(events);
  const { notify } = plan;
  if (study === null || notify == null) return null;
  const now = ports.now();
  let nextAt: number | null = null;
  for (const notice of owedNotices(events, notify)) {
    if (notice.dueAt <= now) await post(ports, plan, study, notice);
    else nextAt = Math.min(notice.dueAt, nextAt ?? notice.dueAt);
  }
  return nextAt;
}

async function post(ports: NoticePorts, plan: StudyPlan, study: Study, notice: Notice): Promise<void> {
  // An id may be given again after its study was deleted; when it began tells them apart.
  const key = JSON.stringify([plan.folder, plan.study, study.startedAt, notice.kind, notice.sequence]);
  await postMail(ports.outbox, plan.notify, key, () => writeMail(ports, plan, study, notice));
}

async function writeMail(ports: NoticePorts, plan: StudyPlan, study: Study, notice: Notice): Promise<Mail> {
  const best = study.trials.find(({ number }) => number === study.best);
  const wantsPatch = notice.kind !== 'restarted' && best !== undefined && best.number > 0;
  // A diff that cannot be made is no reason to tell nothing: `hone apply` will say what is wrong with it.
  const patch = wantsPatch ? await patchOfTrial(ports, plan, best).catch(() => '') : '';
  return renderMail({
    content: describeNotice({ study, search: plan.search, notice }),
    folder: basename(plan.folder),
    patch,
    patchName: study.id,
    facts: {
      kind: notice.kind,
      study: study.id,
      script: study.script,
      state: study.state,
      metric: study.metric?.name ?? null,
      value: best?.value ?? null,
      confirmed: study.confirmation?.trial === study.best ? (study.confirmation?.mean ?? null) : null,
      target: study.target,
      baseline: study.trials[0]?.value ?? null,
      reason: study.reason,
    },
  });
}
