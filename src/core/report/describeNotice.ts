import type { NoticeKind } from '../study/NoticePlan.ts';
import type { SearchPlan } from '../study/SearchPlan.ts';
import type { Study, Trial } from '../study/Study.ts';
import { layoutEpochs, layoutTrials } from './ChartLayout.ts';
import { formatName, formatValue } from './formatMetric.ts';
import type { ChangedValue, MailChart, MailContent } from './MailContent.ts';
import { oneLine } from './oneLine.ts';
import type { Interruption, Notice } from './owedNotices.ts';
import type { FactView, StudyView } from './StudyView.ts';
import { viewCurves } from './viewCurves.ts';
import { viewStudy } from './viewStudy.ts';

/** What news is made of. */
export interface NewsOfStudy {
  readonly study: Study;
  readonly search: SearchPlan | null;
  readonly notice: Notice;
}

/** More of them say no more. */
const MOST_NOTES = 12;
const MOST_CHANGES = 30;

/** What is said of a study's news. */
export function describeNotice({ study, search, notice }: NewsOfStudy): MailContent {
  const view = viewStudy(study, { search, status: '' });
  const isRestart = notice.kind === 'restarted';
  const restarts = isRestart ? notice.interruptions.map(describeInterruption) : [];
  const best = study.trials.find(({ number }) => number === study.best) ?? null;
  return {
    title: titleOf(study, notice),
    good: notice.kind === 'target-reached' || notice.kind === 'complete',
    lead: [...(isRestart ? describeRestart(notice.interruptions) : []), ...(study.best === null ? [] : [view.headline])],
    facts: factsOf(study, view),
    changes: best === null || isRestart ? [] : changesOf(best, search),
    notes: [...restarts, ...errorOf(study), ...view.notes].slice(0, MOST_NOTES),
    next: nextStep(study, notice.kind),
    chart: chartOf(study, view),
  };
}

const ENDS: Readonly<Record<Exclude<NoticeKind, 'restarted' | 'target-missed'>, string>> = {
  'target-reached': 'reached its target',
  complete: 'is done',
  failed: 'failed',
  waiting: 'waits to be told how long it may search',
  'accuracy-lost': 'lost accuracy',
};

/** One line, fit for a subject: `digits-cnn-3 reached its target: accuracy 97.2 %, target 95 %`. */
function titleOf(study: Study, { kind, interruptions }: Notice): string {
  const id = oneLine(study.id, 80);
  if (kind === 'restarted') return `${id} was restarted${interruptions.length === 1 ? '' : ` ${interruptions.length} times`}`;
  const name = study.metric?.name ?? '';
  const value = study.trials.find(({ number }) => number === study.best)?.value ?? null;
  // A target counts as reached by the mean of its confirmation, so that is the number to name.
  const shown = kind === 'target-reached' ? (study.confirmation?.mean ?? value) : value;
  const end = kind === 'target-missed' ? describeMiss(study, value) : ENDS[kind];
  const numbers = [
    ...(shown === null || kind === 'failed' ? [] : [`${oneLine(formatName(name), 40)} ${formatValue(name, shown)}`]),
    ...(study.target === null || kind === 'failed' ? [] : [`target ${formatValue(name, study.target)}`]),
  ];
  return numbers.length === 0 ? `${id} ${end}` : `${id} ${end}: ${numbers.join(', ')}`;
}

/** A number beyond the target is not enough where it was not confirmed, or is of training data. */
function describeMiss({ metric, target }: Study, value: number | null): string {
  const isMinimized = metric?.direction === 'minimize';
  const isBeyond = value !== null && target !== null && (isMinimized ? value <= target : value >= target);
  if (isBeyond) return 'ended with its target not confirmed';
  return isMinimized ? 'ended above its target' : 'ended below its target';
}

function factsOf({ script, losses }: Study, { metric, facts }: StudyView): readonly FactView[] {
  return [
    { label: 'Script', text: script },
    ...(metric === '' ? [] : [{ label: 'Measured', text: metric }]),
    ...facts,
    ...(losses.length === 0 ? [] : [{ label: 'Restarts', text: String(losses.length) }]),
  ];
}

function describeRestart(interruptions: readonly Interruption[]): readonly string[] {
  const trials = [...new Set(interruptions.map(({ trial }) => trial))];
  const which = trials.length === 1 ? `Trial ${trials[0]}` : `${trials.length} trials`;
  return [`${which} lost what it ran in and was started again. Nothing is to be done.`];
}

function describeInterruption({ trial, reason, time }: Interruption): string {
  return `Trial ${trial}: ${reason} (${clock(time)} UTC)`;
}

/** Hours and minutes of the day, UTC. */
function clock(time: number): string {
  const minutes = Math.floor(time / 60_000) % 1440;
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

function errorOf({ state, trials }: Study): readonly string[] {
  const error = state === 'failed' ? (trials.findLast(({ error }) => error !== null)?.error ?? null) : null;
  if (error === null) return [];
  const frame = error.frames.findLast(({ own }) => own);
  return [`${error.type}: ${error.message}${frame === undefined ? '' : ` (${frame.path}, line ${frame.line})`}`];
}

function changesOf(best: Trial, search: SearchPlan | null): readonly ChangedValue[] {
  const own = new Map(search?.dimensions.map(({ id, value }) => [id, value]));
  return Object.entries(best.hyperparameters)
    .slice(0, MOST_CHANGES)
    .map(([name, after]) => ({ name, before: own.has(name) ? JSON.stringify(own.get(name)) : '', after: JSON.stringify(after) }));
}

function nextStep({ id, best, kind, asksMinutes }: Study, notice: NoticeKind): string | null {
  if (notice === 'waiting' && asksMinutes !== null) return `hone resume ${id} --minutes ${asksMinutes}`;
  if (notice === 'failed') return `hone logs ${id}`;
  if (notice === 'restarted') return `hone show ${id}`;
  return kind === 'study' && best !== null && best > 0 ? `hone apply ${id}` : `hone show ${id}`;
}

function chartOf(study: Study, view: StudyView): MailChart | null {
  const curve =
    study.kind === 'run'
      ? (viewCurves(
          study,
          study.trials.map(({ number }) => number),
        )[0] ?? null)
      : null;
  const name = curve?.metric ?? study.metric?.name ?? '';
  const isOwn = curve === null || curve.metric === study.metric?.name || curve.metric === `val_${study.metric?.name ?? ''}`;
  const layout = study.kind === 'run' ? curve && layoutEpochs(curve, isOwn ? study.target : null) : layoutTrials(view);
  if (layout === null || layout.first === layout.last) return null;
  const target = layout.target === null ? '' : `; dashed, the target ${formatValue(name, layout.target)}`;
  const caption =
    study.kind === 'run'
      ? `${formatName(name)} over epochs ${layout.first} to ${layout.last}${target}`
      : `${formatName(name)} of trials 0 to ${layout.last}; the line is the best so far${target}`;
  return { layout, caption, high: formatValue(name, layout.grid.at(-1) ?? 0), low: formatValue(name, layout.grid[0] ?? 0) };
}
