import type { Trace } from '../python/flow/followModule.ts';
import { metricRank } from './canonicalMetric.ts';
import type { Training } from './findTrainings.ts';
import { reportedMetrics } from './reportedMetrics.ts';
import type { Framework, Metric, MetricData, Task } from './Script.ts';
import { trainingMetrics } from './trainingMetrics.ts';

/** How directly a number is reported: computed and shown by the script, by its training, or only printed as text. */
const DATA_RANK: Readonly<Record<MetricData, number>> = { test: 0, unknown: 1, validation: 2, train: 3 };

/**
 * What the script is judged by: a score that it computes (on test rows first), else what its training reports as it goes, else what
 * it writes or prints; null where it reports nothing.
 */
export function findMetric(trace: Trace, trainings: readonly Training[], framework: Framework, task: Task): Metric | null {
  const live = trainings.some((training) => training.call.live);
  const calls = trace.calls.filter((call) => !live || call.live);
  const reported = reportedMetrics(calls, trainings, task);
  const trained = trainingMetrics(calls, trainings, framework, task);
  const scores = reported.filter((metric) => metric.source === 'hook');
  const texts = reported.filter((metric) => metric.source !== 'hook');
  return (
    best(scores.filter((metric) => metric.data !== 'train')) ??
    best(trained.filter((metric) => metric.data !== 'train')) ??
    best(scores) ??
    best(texts) ??
    best(trained)
  );
}

function best(metrics: readonly Metric[]): Metric | null {
  const rank = (metric: Metric): number => DATA_RANK[metric.data] * 100 + metricRank(metric.name);
  return metrics.reduce<Metric | null>((found, metric) => (found === null || rank(metric) < rank(found) ? metric : found), null);
}
