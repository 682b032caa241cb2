import type { Metric } from '../../scan/Script.ts';
import type { Decision } from '../Decision.ts';
import type { Trial } from '../Study.ts';
import type { StudyPlan } from '../StudyPlan.ts';
import { objectiveOf } from './objectiveOf.ts';

/** Why a study ends with its baseline: nothing can be searched on. Null where it can go on. */
export function endOfBaseline(plan: StudyPlan, baseline: Trial, objective: Metric | null): Decision | null {
  const failed = (reason: string | null): Decision => ({ kind: 'end', state: 'failed', reason });
  if (baseline.state === 'cancelled') return { kind: 'end', state: 'cancelled', reason: baseline.reason };
  if (baseline.state !== 'complete') return failed(baseline.reason);
  if (objective === null || objectiveOf(baseline, objective) === null) {
    return failed(
      baseline.reason ?? 'The script reported no number to search on: print its accuracy, or write it to accuracy.txt.',
    );
  }
  const other = otherMetric(plan, baseline);
  if (other !== null) return failed(other);
  if (objective.data !== 'train') return null;
  return failed(
    `Its ${objective.name} is of the training data, which says little about new data: report it on test data, or give fit some validation data.`,
  );
}

/** What is wrong where the script tells other numbers than the developer asked for; null where it tells the right one. */
export function otherMetric({ metric, metricChosen }: StudyPlan, { result, measurements }: Trial): string | null {
  if (metricChosen !== true || metric === null || result === null || result.name === metric.name) return null;
  const told = [...new Set(measurements.map(({ name }) => name))].slice(0, 5).join(', ');
  return `hone.yaml asks for ${metric.name}, which the script does not tell: it tells ${told}. Correct \`metric\`, or print it.`;
}
