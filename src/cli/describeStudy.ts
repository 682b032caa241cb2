import type { Metric } from '../core/scan/Script.ts';
import { isBounded } from '../core/study/parseTarget.ts';
import type { Study, Trial } from '../core/study/Study.ts';

/** A value as people read it: `97.1 %` where 1 is the best there is, else four digits. */
export function describeValue(value: number | null, metric: Pick<Metric, 'name'> | null): string {
  if (value === null) return '-';
  if (metric !== null && isBounded(metric.name) && value >= 0 && value <= 1) return `${(value * 100).toFixed(1)} %`;
  return String(Number(value.toPrecision(4)));
}

/** What a metric is of: `accuracy on test data`. */
export function describeMetric(metric: Metric): string {
  const name = metric.name.replaceAll('_', ' ');
  return metric.data === 'unknown' ? name : `${name} on ${metric.data === 'train' ? 'training' : metric.data} data`;
}

/** One line on what a study does right now. */
export function describeProgress(study: Study): string {
  if (study.phase === 'preparing') return 'Preparing';
  if (study.phase === 'starting') return `Starting in ${study.image ?? study.runtime}`;
  const trial = study.trials.at(-1);
  return trial === undefined ? 'Starting' : `Training ${study.script}${describeEpoch(trial)}`;
}

function describeEpoch(trial: Trial): string {
  const last = trial.epochs.at(-1);
  if (last === undefined) return '';
  const metrics = Object.entries(last.metrics)
    .filter(([name]) => /acc|loss|auc|f1/.test(name))
    .slice(0, 4)
    .map(([name, value]) => `${name} ${value === null ? 'NaN' : Number(value.toPrecision(4))}`);
  return `, epoch ${last.epoch}${last.epochs === null ? '' : `/${last.epochs}`}${metrics.length === 0 ? '' : `: ${metrics.join(', ')}`}`;
}

/** The outcome of a study in one line. */
export function describeOutcome(study: Study): string {
  const trial = study.trials.find((candidate) => candidate.number === study.best) ?? study.trials.at(-1);
  const result = trial?.result ?? null;
  const value =
    result === null || result.value === null ? 'no metric' : `${describeValue(result.value, result)} ${describeMetric(result)}`;
  const parts = [
    study.state === 'complete'
      ? value
      : study.state.startsWith('target')
        ? `${value}, ${study.state.replace('-', ' ')}`
        : study.state,
    trial === undefined || trial.epochs.length === 0 ? null : `${trial.epochs.length} epochs`,
    trial?.seconds == null ? null : `${trial.seconds.toFixed(1)} s`,
    study.image,
  ];
  return `${study.id}: ${parts.filter((part) => part !== null).join(' · ')}`;
}
