import type { Study, StudyState, Trial, TrialState } from '../../core/study/Study.ts';
import { formatData, formatName, formatSeconds, formatValue, headline } from '../../core/report/formatMetric.ts';

/** A codicon and the theme colour that it is drawn in. */
export interface StateIcon {
  readonly icon: string;
  readonly color: string | null;
}

const ICONS: Record<StudyState | TrialState, StateIcon> = {
  running: { icon: 'loading~spin', color: null },
  paused: { icon: 'debug-pause', color: null },
  complete: { icon: 'pass', color: 'testing.iconPassed' },
  'target-reached': { icon: 'pass-filled', color: 'testing.iconPassed' },
  'target-missed': { icon: 'warning', color: 'list.warningForeground' },
  pruned: { icon: 'debug-step-over', color: 'disabledForeground' },
  failed: { icon: 'error', color: 'testing.iconFailed' },
  cancelled: { icon: 'circle-slash', color: 'disabledForeground' },
};

export function stateIcon(state: StudyState | TrialState): StateIcon {
  return ICONS[state];
}

/** True while it goes on, paused included. */
export function isActive(study: Study): boolean {
  return study.state === 'running' || study.state === 'paused';
}

/** True where it found better values than the user's own. */
export function isApplicable({ kind, best }: Study): boolean {
  return kind === 'study' && best !== null && best !== 0;
}

/** The trial that speaks for a study: the best one, else the last. */
export function leadingTrial(study: Study): Trial | null {
  return study.trials.find((trial) => trial.number === study.best) ?? study.trials.at(-1) ?? null;
}

/** What it does now or how it ended, short enough to stand beside its name: `epoch 3/5 · 91.3 %`, `accuracy 97.2 % · test`. */
export function describeStudy(study: Study): string {
  if (study.state === 'running' && (study.kind === 'run' || study.phase !== 'training')) return describeRunning(study);
  if (study.kind === 'study' && study.endedAt === null) return describeSearch(study);
  if (study.state === 'paused') return 'paused';
  const trial = leadingTrial(study);
  if (trial !== null && trial.result !== null) return [describeTrial(trial), ...describeProof(study)].join(' · ');
  if (study.state === 'cancelled') return 'cancelled';
  if (study.state === 'failed') return firstSentence(study.reason ?? trial?.reason ?? 'failed');
  return 'no metric was reported';
}

/** Whether other seeds bear a study's result out. */
function describeProof({ kind, confirmation, best, metric, target }: Study): readonly string[] {
  if (kind === 'run' || target === null) return [];
  if (confirmation === null || confirmation.trial !== best) return ['once'];
  const show = (value: number): string => formatValue(metric?.name ?? '', value);
  return [metric?.direction === 'minimize' ? `at most ${show(confirmation.high)}` : `at least ${show(confirmation.low)}`];
}

/** A search while it goes on: `trial 4 · 93.1 % of 95 %`. */
function describeSearch(study: Study): string {
  const { metric, target } = study;
  const best = study.trials.find(({ number }) => number === study.best)?.value ?? null;
  const show = (value: number): string => formatValue(metric?.name ?? '', value);
  const repeating = study.trials.find(({ repetitions }) => repetitions.some(({ state }) => state === 'running'));
  const last = study.trials.at(-1)?.number ?? 0;
  const doing =
    study.asksMinutes !== null
      ? 'asks for time'
      : study.state === 'paused'
        ? 'paused'
        : repeating !== undefined
          ? 'confirming'
          : last === 0
            ? 'baseline'
            : `trial ${last}`;
  if (best === null) return doing;
  return `${doing} · ${show(best)}${target === null ? '' : ` of ${show(target)}`}`;
}

/** The same for one trial. */
export function describeTrial(trial: Trial): string {
  if (trial.state === 'failed') return firstSentence(trial.reason ?? 'failed');
  if (trial.state === 'cancelled' || trial.state === 'pruned') return trial.state;
  if (trial.state === 'running') return describeEpochs(trial) ?? 'running';
  const result = trial.result;
  if (result === null) return 'no metric was reported';
  return [`${formatName(result.name)} ${formatValue(result.name, trial.value)}`, formatData(result.data)]
    .filter((part) => part !== '')
    .join(' · ');
}

/** One line for a tooltip or a notification: what ran, how long, in what. */
export function summarizeStudy(study: Study): string {
  const seconds = study.endedAt === null ? null : (study.endedAt - study.startedAt) / 1000;
  const parts = [study.script, seconds === null ? null : formatSeconds(seconds), study.image];
  return parts.filter((part) => part !== null).join(' · ');
}

function describeRunning(study: Study): string {
  if (study.phase === 'preparing') return 'preparing…';
  const trial = study.trials.at(-1);
  if (study.phase === 'starting' || trial === undefined) return 'starting…';
  return describeEpochs(trial) ?? 'training…';
}

function describeEpochs(trial: Trial): string | null {
  const epoch = trial.epochs.at(-1);
  if (epoch === undefined) return null;
  const progress = epoch.epochs === null ? `epoch ${epoch.epoch}` : `epoch ${epoch.epoch}/${epoch.epochs}`;
  const number = headline(epoch.metrics, trial.result);
  if (number === null) return progress;
  const value = formatValue(number.name, number.value);
  return `${progress} · ${value.endsWith('%') ? value : `${formatName(number.name)} ${value}`}`;
}

function firstSentence(text: string): string {
  const line = text.split('\n', 1)[0] ?? '';
  const end = line.search(/\.(\s|$)/);
  return end === -1 ? line : line.slice(0, end);
}
