import type { JournalBody } from '../core/study/JournalEvent.ts';
import type { StudyPlan } from '../core/study/StudyPlan.ts';

/** How the journal of a study begins. */
export function createdEvent(plan: StudyPlan): Extract<JournalBody, { type: 'study-created' }> {
  const { study, kind, name, root, script, runtime, metric, target, notes, command } = plan;
  const started = { arguments: command.arguments, argumentSource: command.source ?? null };
  const limited = plan.search === null ? {} : { maxCost: plan.search.maxCost, confirmationSeeds: plan.search.confirmationSeeds };
  return { type: 'study-created', study, kind, name, root, script, runtime, ...started, metric, target, notes, ...limited };
}
