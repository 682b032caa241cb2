import type { HyperparameterValue } from '../space/Assignment.ts';
import type { SearchPlan } from '../study/SearchPlan.ts';
import type { Study, Trial } from '../study/Study.ts';
import { describeQuestion } from './describeQuestion.ts';
import { formatData, formatName, formatSeconds, formatValue, isInPercent } from './formatMetric.ts';
import type { FactView, StudyView, TrialView } from './StudyView.ts';
import { timeLeft } from './timeLeft.ts';
import { viewImportance } from './viewImportance.ts';

/** What is known of a study beside its journal. */
export interface ViewOptions {
  /** Null for a run, and while it is not read. */
  readonly search: SearchPlan | null;
  /** What it does, or how it ended, in a few words. */
  readonly status: string;
}

/** What a panel and a report show of a study. */
export function viewStudy(study: Study, { search, status }: ViewOptions): StudyView {
  const name = study.metric?.name ?? '';
  const columns = [...new Set(study.trials.flatMap(({ hyperparameters }) => Object.keys(hyperparameters)))];
  const own = new Map(search?.dimensions.map(({ id, value }) => [id, value]));
  const data = study.metric === null ? '' : formatData(study.metric.data);
  const trials = study.trials.map((trial) => viewTrial(trial, name, columns, own));
  return {
    study: study.id,
    name: study.name,
    script: study.script,
    state: study.state,
    status,
    metric: [formatName(name), data === '' ? '' : `on ${data} data`].filter((part) => part !== '').join(' '),
    percent: isInPercent(name),
    minimize: study.metric?.direction === 'minimize',
    target: study.target,
    baseline: study.trials[0]?.value ?? null,
    best: study.best,
    headline: headlineOf(study),
    facts: factsOf(study, search),
    notes: [...[study.reason, describeQuestion(study), study.note].filter((note) => note !== null), ...study.notes],
    columns,
    trials,
    importance: viewImportance(trials, columns),
  };
}

function headlineOf(study: Study): string {
  const show = (value: number | null): string => formatValue(study.metric?.name ?? '', value);
  const best = study.trials.find(({ number }) => number === study.best);
  if (best === undefined) return study.trials.length === 0 ? 'No trial yet' : 'No result yet';
  const where = best.number === 0 ? 'your own values' : `trial ${best.number}`;
  const against = [
    ...(study.target === null ? [] : [`target ${show(study.target)}`]),
    ...(best.number === 0 ? [] : [`baseline ${show(study.trials[0]?.value ?? null)}`]),
  ];
  return [`${show(best.value)} by ${where}, ${isConfirmed(study) ? 'confirmed' : 'not confirmed'}`, ...against].join(' · ');
}

function isConfirmed({ best, confirmation }: Study): boolean {
  return confirmation !== null && confirmation.trial === best;
}

function factsOf(study: Study, search: SearchPlan | null): readonly FactView[] {
  const left = search === null || study.endedAt !== null ? null : timeLeft(study, search);
  const repeats = study.trials.reduce((sum, trial) => sum + trial.repeats, 0);
  const limit = search?.budget.trials ?? null;
  const count = `${study.trials.length}${limit === null || study.endedAt !== null ? '' : ` of at most ${limit}`}`;
  return [
    { label: 'Proof', text: proofOf(study) },
    { label: 'Trials', text: `${count}${repeats === 0 ? '' : `, and ${repeats} repeats`}` },
    { label: 'Time used', text: formatSeconds(study.activeMs / 1000) },
    ...(left === null ? [] : [{ label: 'Time left', text: `at most ${formatSeconds(left)}` }]),
    ...(study.image === null ? [] : [{ label: study.runtime === 'docker' ? 'Image' : 'Interpreter', text: study.image }]),
  ];
}

function proofOf(study: Study): string {
  const { best, confirmation, metric, trials } = study;
  const show = (value: number): string => formatValue(metric?.name ?? '', value);
  if (best === null) return 'nothing to confirm yet';
  if (confirmation === null || !isConfirmed(study)) {
    const again = trials.find(({ number }) => number === best)?.repeats ?? 0;
    return again === 0 ? 'once, not confirmed' : `run ${again + 1} times, not confirmed`;
  }
  const { mean, low, high, seeds, identical } = confirmation;
  if (identical) return `the same in all ${seeds + 1} runs`;
  const bound = metric?.direction === 'minimize' ? `at most ${show(high)}` : `at least ${show(low)}`;
  return `${show(mean)} on average of ${seeds} fresh seeds, ${bound}`;
}

function viewTrial(
  trial: Trial,
  metric: string,
  columns: readonly string[],
  own: ReadonlyMap<string, HyperparameterValue>,
): TrialView {
  return {
    number: trial.number,
    state: trial.state,
    value: trial.value,
    text: trial.value === null ? trial.state : formatValue(trial.result?.name ?? metric, trial.value),
    seconds: trial.seconds,
    time: trial.seconds === null ? '' : formatSeconds(trial.seconds),
    repeats: trial.repeats,
    settings: columns.map((id) => plain(id in trial.hyperparameters ? trial.hyperparameters[id] : own.get(id))),
    why: (trial.state === 'complete' || trial.state === 'running' ? trial.origin : trial.reason) ?? '',
  };
}

/** A value that can be shown and sorted: a list as the code writes it; empty where nobody knows it. */
function plain(value: HyperparameterValue | undefined): number | string {
  if (value === undefined) return '';
  return typeof value === 'number' || typeof value === 'string' ? value : JSON.stringify(value);
}
