import type { ValueComparison } from '../core/study/compareValues.ts';
import { describeQuestion } from '../core/report/describeQuestion.ts';
import type { Study, Trial } from '../core/study/Study.ts';
import { studyDocument } from '../core/study/studyDocument.ts';
import { describeLosses } from './describeLosses.ts';
import { describeOutcome, describeValue } from './describeStudy.ts';
import { renderTable } from './renderTable.ts';
import type { Terminal } from './Terminal.ts';

/** Shows a study: the fixed JSON, or a few lines. `now` is milliseconds since 1970, `against` how it stands to an earlier one. */
export function showStudy(
  terminal: Terminal,
  study: Study,
  json: boolean,
  now: number,
  against: ValueComparison | null = null,
): void {
  terminal.clear();
  if (json) terminal.result(JSON.stringify(studyDocument(study, now, against)));
  else {
    terminal.result(describeOutcome(study));
    if (study.kind === 'run') describeRun(study).forEach(terminal.result);
    else if (study.trials.length > 0) terminal.result(renderTrials(study));
  }
  if (!json) describeLosses(study).forEach(terminal.say);
  if (study.reason !== null) terminal.say(study.reason);
  describeAnswers(study).forEach(terminal.say);
  if (study.note !== null) terminal.say(`Note: ${study.note}`);
  if (against !== null) terminal.say(describeComparison(against, study.metric));
  if (!json) describeNext(study).forEach(terminal.say);
  if (study.kind === 'study' && study.unexecuted.length > 0) terminal.say(describeUnexecuted(study));
  const kept = study.kind === 'run' ? study.trials : study.trials.filter(({ number }) => number === study.best);
  for (const trial of kept) if (trial.artifacts.length > 0) terminal.say(describeFiles(study, trial));
}

/** The most trials that are listed. */
const LISTED = 20;

/** Trials: first the one that `apply` takes, then the best on the user's own seed; with what they changed. */
function renderTrials(study: Study): string {
  const { trials, metric, best } = study;
  const sign = metric?.direction === 'minimize' ? 1 : -1;
  const worth = ({ value, number }: Trial): number => (number === best ? -Infinity : value === null ? Infinity : sign * value);
  const sorted = [...trials].sort((a, b) => (worth(a) === worth(b) ? a.number - b.number : worth(a) - worth(b)));
  const rows = sorted
    .slice(0, LISTED)
    .map((trial) => [
      `${trial.number === 0 ? 'baseline' : trial.number}${trial.number === best ? ', best' : ''}`,
      trial.value === null ? trial.state : describeValue(trial.value, metric),
      describeRepeats(trial, study),
      trial.seconds === null ? '' : `${trial.seconds.toFixed(1)} s`,
      describeAssignment(trial),
    ]);
  const more = trials.length > LISTED ? `\n${trials.length - LISTED} more: --json lists all.` : '';
  return `${renderTable(['trial', metric?.name ?? 'value', 'on other seeds', 'time', 'changed'], rows)}${more}`;
}

/** The mean of a trial's repeats, with their number. */
function describeRepeats({ repetitions }: Trial, { metric }: Study): string {
  const values = repetitions.flatMap(({ state, value }) => (state === 'complete' && value !== null ? [value] : []));
  if (values.length === 0) return '';
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return `${describeValue(mean, metric)} (${values.length})`;
}

function describeAssignment({ hyperparameters, files, origin, reason, state }: Trial): string {
  const values = Object.entries(hyperparameters).map(
    ([id, value]) => `${id}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  const changed = files === null ? values.join(' ') : (origin ?? '');
  return state === 'complete' || reason === null ? changed : `${changed === '' ? '' : `${changed}: `}${reason}`;
}

/** What a run was started with. */
function describeRun({ arguments: words, trials }: Study): readonly string[] {
  const values = Object.entries(trials[0]?.hyperparameters ?? {});
  return [
    ...(values.length === 0 ? [] : [`with ${values.map(([id, value]) => `${id}=${JSON.stringify(value)}`).join(', ')}`]),
    ...(words.length === 0 ? [] : [`with the arguments ${words.join(' ')}`]),
  ];
}

/** What a study waits to be told, and how to tell it. */
function describeAnswers(study: Study): readonly string[] {
  const { id, asksMinutes } = study;
  const question = describeQuestion(study);
  if (question === null) return [];
  return [question, `\`hone resume ${id} --minutes ${asksMinutes}\` goes on, \`hone accept ${id}\` leaves it at this run.`];
}

/** What a person may want to do now. */
function describeNext({ id, kind, best, endedAt, state, asksMinutes }: Study): readonly string[] {
  if (state === 'running') {
    return [
      `\`hone logs ${id} --follow\` shows it, ${kind === 'run' ? '' : `\`hone pause ${id}\` pauses it, `}\`hone cancel ${id}\` ends it.`,
    ];
  }
  if (state === 'paused' && asksMinutes === null) {
    return [`\`hone resume ${id}\` goes on, \`hone accept ${id}\` ends it with the best so far.`];
  }
  if (kind !== 'study' || endedAt === null || best === null || best === 0) return [];
  return [`\`hone apply ${id}\` writes trial ${best} into your source, \`hone apply ${id} --dry-run\` shows the diff.`];
}

/** What the search left alone, since the baseline never came there. */
function describeUnexecuted({ unexecuted }: Study): string {
  const places = unexecuted
    .slice(0, 5)
    .map(({ path, line, cell }) => (cell === undefined ? `${path}:${line}` : `${path}, cell ${cell + 1}, line ${line}`));
  const more = unexecuted.length > places.length ? `, and ${unexecuted.length - places.length} more` : '';
  return `Values on lines that never ran were left as they are: ${places.join(', ')}${more}.`;
}

/** Where a trial's files are: the user's folder has none of them. */
function describeFiles(study: Study, { number, artifacts }: Trial): string {
  const names = artifacts.slice(0, 3).map(({ path }) => path);
  const more = artifacts.length > names.length ? `, and ${artifacts.length - names.length} more` : '';
  return `It wrote ${names.join(', ')}${more}: \`hone save ${study.id}${number === 0 ? '' : ` --trial ${number}`}\` brings ${artifacts.length === 1 ? 'it' : 'them'} here.`;
}

/** `No worse than digits-1: 97.2 %, which differs by 0.001, less than noise.` */
function describeComparison({ study, value, difference, noise, worse }: ValueComparison, metric: Study['metric']): string {
  const by = Number(Math.abs(difference).toPrecision(3));
  const chance = noise === null ? 'how far chance moves it is not known' : `chance explains ${Number(noise.toPrecision(3))}`;
  const before = `${study} with ${describeValue(value, metric)}`;
  return worse ? `Worse than ${before}, by ${by}; ${chance}.` : `No worse than ${before}: the difference is ${by}; ${chance}.`;
}
