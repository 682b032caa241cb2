import { basename } from 'node:path';
import { describeNotice } from '../core/report/describeNotice.ts';
import { describeOutcome } from '../core/report/describePoll.ts';
import { formatName, formatValue } from '../core/report/formatMetric.ts';
import type { Mail } from '../core/report/Mail.ts';
import { renderMail } from '../core/report/renderMail.ts';
import type { PushOutcome } from '../core/study/PollState.ts';
import type { Study } from '../core/study/Study.ts';
import type { StudyPlan } from '../core/study/StudyPlan.ts';
import type { NoticePorts } from './NoticePorts.ts';
import { postMail } from './postMail.ts';

/** The training of what was pushed waits for no mail server longer than this. */
const DELIVERY_MS = 20_000;

/** Tells of a push that lost accuracy, where somebody wants to be told, once however often it is called. What cannot be sent now stays in the outbox. */
export async function postAccuracyLoss(
  ports: NoticePorts,
  folder: string,
  study: Study,
  outcome: PushOutcome,
  signal: AbortSignal,
): Promise<void> {
  const plan = await ports.store.readPlan(folder, study.id);
  if (outcome.change !== 'worse' || plan.notify?.on.includes('accuracy-lost') !== true) return;
  const key = JSON.stringify([folder, study.id, study.startedAt, 'accuracy-lost', outcome.commit]);
  await postMail(ports.outbox, plan.notify, key, async () => mailOf(plan, study, outcome));
  await ports.outbox.deliver('due', AbortSignal.any([signal, AbortSignal.timeout(DELIVERY_MS)]));
}

function mailOf(plan: StudyPlan, study: Study, outcome: PushOutcome): Mail {
  const notice = { kind: 'accuracy-lost', sequence: study.sequence, dueAt: outcome.endedAt, interruptions: [] } as const;
  const content = describeNotice({ study, search: plan.search, notice });
  const { before, value, commit, subject, remote, branch, script } = outcome;
  const metric = outcome.metric ?? '';
  const numbers = `${formatName(metric)} ${formatValue(metric, value)}, ${formatValue(metric, before?.value ?? null)} before`;
  return renderMail({
    content: {
      ...content,
      title: `${script} lost accuracy by a push: ${numbers}`,
      lead: [describeOutcome(outcome), ...content.lead],
      facts: [
        { label: 'Commit', text: `${commit.slice(0, 7)} ${subject}` },
        { label: 'Branch', text: `${remote}/${branch}` },
        ...content.facts,
      ],
      next: before === null ? content.next : `hone compare ${before.study} ${study.id}`,
    },
    folder: basename(plan.folder),
    patch: '',
    patchName: study.id,
    facts: {
      kind: 'accuracy-lost',
      study: study.id,
      script,
      metric,
      value,
      before: before?.value ?? null,
      commit,
      branch: `${remote}/${branch}`,
    },
  });
}
