import type { Metric } from '../core/scan/Script.ts';
import { isBounded } from '../core/study/parseTarget.ts';
import type { Confirmation, Study, Trial } from '../core/study/Study.ts';
import { epochsOf } from '../core/study/studyDocument.ts';

const LABELS: Readonly<Record<string, string>> = {
  r2: 'R²',
  mse: 'MSE',
  rmse: 'RMSE',
  mae: 'MAE',
  f1: 'F1',
  roc_auc: 'ROC AUC',
  auc: 'AUC',
};

/** A value as people read it: `97.1 %` for a share, else four digits. R² is no share, though 1 is its best. */
export function describeValue(value: number | null, metric: Pick<Metric, 'name'> | null): string {
  if (value === null) return '-';
  const isShare = metric !== null && metric.name !== 'r2' && isBounded(metric.name) && value >= 0 && value <= 1;
  if (!isShare) return String(Number(value.toPrecision(4)));
  const percent = (value * 100).toFixed(1);
  // What is not all must not look like it.
  return percent === '100.0' && value < 1 ? `${Number((value * 100).toPrecision(5))} %` : `${percent} %`;
}

/** What a metric is of: `accuracy on test data`. */
export function describeMetric(metric: Metric): string {
  const name = LABELS[metric.name] ?? metric.name.replaceAll('_', ' ');
  return metric.data === 'unknown' ? name : `${name} on ${metric.data === 'train' ? 'training' : metric.data} data`;
}

/** One line on what a study does right now. */
export function describeProgress(study: Study): string {
  if (study.phase === 'preparing') return 'Preparing';
  if (study.phase === 'starting') return `Starting in ${study.image ?? study.runtime}`;
  const trial = study.trials.at(-1);
  if (study.kind === 'study' && trial !== undefined) return describeSearch(study, trial);
  return trial === undefined ? 'Starting' : `Training ${study.script}${describeEpoch(trial)}`;
}

/** What a search does: its trial, and what it has. */
function describeSearch(study: Study, last: Trial): string {
  const running = study.trials.filter(({ state }) => state === 'running');
  const [trial = last] = running;
  const repeated = study.trials.find(({ repetitions }) => repetitions.some(({ state }) => state === 'running'));
  const best = study.trials.find(({ number }) => number === study.best);
  const doing =
    study.state === 'paused'
      ? running.length > 0
        ? `Pausing when trial ${trial.number} ends`
        : 'Paused'
      : repeated !== undefined
        ? `Repeating trial ${repeated.number} on fresh seeds`
        : trial.number === 0
          ? 'Baseline'
          : `Trial ${trial.number}${trial.origin === null ? '' : ` (${trial.origin})`}`;
  return [
    `${doing}${running.length > 0 ? describeEpoch(trial) : ''}`,
    ...(best === undefined ? [] : [`best ${describeValue(best.value, study.metric)}`]),
    ...(study.target === null ? [] : [`target ${describeValue(study.target, study.metric)}`]),
  ].join(' · ');
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

/** The value of a study's best trial, with what it is of; `no metric` where it has none. */
export function describeResult(study: Study): string {
  const { result = null } = shownTrial(study) ?? {};
  return result === null || result.value === null
    ? 'no metric'
    : `${describeValue(result.value, result)} ${describeMetric(result)}`;
}

/** The outcome of a study in one line; what it does, while it runs. */
export function describeOutcome(study: Study): string {
  const title = study.name === null ? study.id : `${study.id} (${study.name})`;
  if (study.endedAt === null) return `${title}: ${describeProgress(study)}`;
  const trial = shownTrial(study);
  const epochs = trial === undefined ? null : epochsOf(trial);
  const parts = [
    describeState(study),
    study.kind === 'study' ? describeConfirmation(study) : null,
    study.kind === 'study' ? describeTrials(study) : null,
    study.kind === 'study' || epochs === null ? null : `${epochs} epochs`,
    describeSeconds(study.kind === 'study' ? (study.endedAt - study.startedAt) / 1000 : (trial?.seconds ?? null)),
    study.image,
  ];
  return `${title}: ${parts.filter((part) => part !== null).join(' · ')}`;
}

function describeConfirmation({ confirmation, metric, best }: Study): string | null {
  if (confirmation === null || confirmation.trial !== best) return null;
  const { mean, seeds } = confirmation;
  return `${describeValue(mean, metric)} on average of ${seeds} seeds, ${describeBound(confirmation, metric)}`;
}

/** What the mean of all seeds is not worse than: `at least 97.1 %`, or `at most 47.6` where less is better. */
function describeBound({ low, high }: Confirmation, metric: Metric | null): string {
  return metric?.direction === 'minimize' ? `at most ${describeValue(high, metric)}` : `at least ${describeValue(low, metric)}`;
}

function describeTrials({ trials }: Study): string {
  const repeats = trials.reduce((sum, trial) => sum + trial.repeats, 0);
  return `${trials.length} trial${trials.length === 1 ? '' : 's'}${repeats === 0 ? '' : ` and ${repeats} repeats`}`;
}

function describeSeconds(seconds: number | null): string | null {
  if (seconds === null) return null;
  return seconds < 100 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds / 60)} min`;
}

/** How a study ended, with its value where it has one. */
export function describeState(study: Study): string {
  if (study.state === 'complete') return describeResult(study);
  const state = study.state.replace('-', ' ');
  if (study.kind === 'study' && study.best !== null && !study.state.startsWith('target'))
    return `${describeResult(study)}, ${state}`;
  return study.state.startsWith('target') ? `${describeResult(study)}, ${state}` : state;
}

function shownTrial(study: Study): Trial | undefined {
  return study.trials.find((trial) => trial.number === study.best) ?? study.trials.at(-1);
}
