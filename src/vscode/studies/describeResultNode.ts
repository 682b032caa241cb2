import type { Frame } from '../../core/study/JournalEvent.ts';
import type { Progress } from '../../core/ports/Runtime.ts';
import type { Study, Trial } from '../../core/study/Study.ts';
import { epochsOf } from '../../core/study/studyDocument.ts';
import { nodeView, type NodeView } from '../NodeView.ts';
import { describeStudy, describeTrial, isActive, isApplicable, leadingTrial, stateIcon } from './describeStudy.ts';
import { formatBytes, formatData, formatName, formatSeconds, formatValue, headline } from '../../core/report/formatMetric.ts';
import { PAGE, shownMeasurements, type ResultModel } from './ResultModel.ts';
import type { ResultNode, ResultNodeOf } from './ResultNode.ts';
import type { StudyRef } from './WatchedStudies.ts';

const SOURCES = {
  hook: 'Reported by the framework itself.',
  file: 'Read from a file that the script wrote.',
  print: 'Read from a line that the script printed.',
} as const;

const GONE = nodeView({ label: '', context: 'gone' });

export interface ResultLookup {
  readonly model: ResultModel;
  get(ref: StudyRef): Study | null;
  progress(ref: StudyRef): Progress | null;
  /** The row of a watched remote. */
  remote(folder: string): NodeView;
  /** Whether there are several folders, so that each study says where it is from. */
  readonly severalFolders: boolean;
}

/** How a node of the Results tree looks now. */
export function describeResultNode(node: ResultNode, lookup: ResultLookup): NodeView {
  if (node.kind === 'group') return describeGroup(node);
  if (node.kind === 'more') return describeMore(node);
  if (node.kind === 'remote') return lookup.remote(node.folder);
  const study = lookup.get(node.ref);
  if (study === null) return GONE;
  if (node.kind === 'study') return describeStudyNode(node.ref, study, lookup.severalFolders);
  if (node.kind === 'step') return describeStep(study, lookup.progress(node.ref));
  const trial = lookup.model.trial(node.ref, node.trial);
  return trial === null ? GONE : describePart(node, trial);
}

function describePart(
  node: Exclude<ResultNode, { kind: 'group' | 'more' | 'remote' | 'study' | 'step' }>,
  trial: Trial,
): NodeView {
  switch (node.kind) {
    case 'trial':
      return describeTrialNode(trial);
    case 'failure':
      return describeFailure(node, trial);
    case 'setting':
      return describeSetting(trial, node.index);
    case 'measurement':
      return describeMeasurement(trial, node.index);
    case 'epochs':
      return nodeView({
        label: 'Epochs',
        description: String(epochsOf(trial) ?? ''),
        icon: { icon: 'graph-line', color: null },
        children: 'collapsed',
        context: 'epochs',
      });
    case 'epoch':
      return describeEpoch(trial, node.index);
    case 'log':
      return nodeView({
        label: 'Output',
        icon: { icon: 'output', color: null },
        tooltip: ['Opens what the script printed.'],
        context: 'log',
        command: { id: 'hone.openLog', arguments: [node] },
      });
    case 'artifacts':
      return nodeView({
        label: 'Files',
        description: `${trial.artifacts.length} written by the script`,
        icon: { icon: 'files', color: null },
        children: 'collapsed',
        context: 'artifacts',
      });
    case 'artifact':
      return describeArtifact(node, trial);
  }
}

function describeGroup(node: ResultNodeOf<'group'>): NodeView {
  return nodeView({
    label: node.group === 'run' ? 'Runs' : 'Studies',
    icon: { icon: node.group === 'run' ? 'history' : 'beaker', color: null },
    tooltip: [
      node.group === 'run' ? 'Single trainings of a script, the newest first.' : 'Searches for better values, the newest first.',
    ],
    children: 'expanded',
    context: `group.${node.group}`,
  });
}

function describeMore(node: ResultNodeOf<'more'>): NodeView {
  return nodeView({
    label: `Show ${Math.min(PAGE, node.left)} More`,
    description: `${node.left} left`,
    icon: { icon: 'ellipsis', color: null },
    context: 'more',
    command: { id: 'hone.showMore', arguments: [node] },
  });
}

function describeStudyNode(ref: StudyRef, study: Study, severalFolders: boolean): NodeView {
  const folder = severalFolders ? (ref.folder.split(/[\\/]/).pop() ?? '') : '';
  return nodeView({
    label: study.id,
    description: [study.name ?? '', describeStudy(study), folder].filter((part) => part !== '').join(' · '),
    icon: stateIcon(study.state),
    tooltip: studyTooltip(study),
    children: isActive(study) ? 'expanded' : 'collapsed',
    context: contextOf(study),
  });
}

/** What its menu goes by: `run.ended`, `study.running`, `study.ended.best` where there is something to apply. */
function contextOf(study: Study): string {
  const state = isActive(study) ? study.state : study.interrupted ? 'interrupted' : 'ended';
  return `${study.kind}.${state}${isApplicable(study) ? '.best' : ''}`;
}

function studyTooltip(study: Study): readonly string[] {
  const trial = leadingTrial(study);
  const versions = Object.entries(study.packages).map(([name, version]) => `${name} ${version}`);
  const took = study.endedAt === null ? null : formatSeconds((study.endedAt - study.startedAt) / 1000);
  return [
    // A failure's short form is the beginning of its reason.
    study.state === 'failed' && study.reason !== null
      ? `${study.script}: ${study.reason}`
      : `${study.script}: ${describeStudy(study)}`,
    study.state === 'failed' ? '' : (study.reason ?? ''),
    study.note ?? '',
    ...study.notes,
    trial?.result == null ? '' : SOURCES[trial.result.source],
    study.image === null ? '' : `${study.runtime === 'docker' ? 'Container image' : 'Interpreter'}: ${study.image}`,
    versions.length === 0 ? '' : `With ${versions.join(', ')}.`,
    `Started ${new Date(study.startedAt).toLocaleString()}${took === null ? '' : `, took ${took}`}.`,
  ].filter((line) => line !== '');
}

function describeStep(study: Study, progress: Progress | null): NodeView {
  const words = study.phase === 'preparing' ? 'Preparing what it runs in' : 'Starting the script';
  const fraction = progress?.fraction ?? null;
  return nodeView({
    label: progress?.text ?? words,
    description: fraction === null ? '' : `${Math.floor(fraction * 100)} %`,
    icon: { icon: 'package', color: null },
    tooltip: progress === null ? [] : [progress.text],
    context: 'step',
  });
}

function describeTrialNode(trial: Trial): NodeView {
  const changes = Object.entries(trial.hyperparameters).map(([id, value]) => `${id} = ${JSON.stringify(value)}`);
  return nodeView({
    label: trial.number === 0 ? 'Trial 0, baseline' : `Trial ${trial.number}`,
    description: [describeTrial(trial), trial.origin ?? ''].filter((part) => part !== '').join(' · '),
    icon: stateIcon(trial.state),
    tooltip: [
      trial.number === 0 ? 'Your own values.' : changes.join('\n'),
      trial.reason ?? '',
      trial.seconds === null ? '' : `Took ${formatSeconds(trial.seconds)}.`,
    ].filter((line) => line !== ''),
    children: 'collapsed',
    context: 'trial',
  });
}

function describeSetting(trial: Trial, index: number): NodeView {
  const [id = '', value = null] = Object.entries(trial.hyperparameters)[index] ?? [];
  return nodeView({
    label: id,
    description: typeof value === 'string' ? value : JSON.stringify(value),
    icon: { icon: 'settings', color: null },
    tooltip: ['A value that differs from your own.'],
    context: 'setting',
  });
}

function describeFailure(node: ResultNode, trial: Trial): NodeView {
  const frame = ownFrame(trial);
  return nodeView({
    label: trial.error === null ? 'Failed' : trial.error.type,
    description: [trial.error?.message ?? trial.reason ?? '', frame === null ? '' : `${frame.path}:${frame.line}`]
      .filter((part) => part !== '')
      .join(' · '),
    icon: stateIcon('failed'),
    tooltip: [trial.reason ?? '', frame === null ? '' : 'Opens the line that failed.'].filter((line) => line !== ''),
    context: 'failure',
    command: { id: frame === null ? 'hone.openLog' : 'hone.openError', arguments: [node] },
  });
}

/** The innermost line of the user's own code that an error came through; null where there is none. */
export function ownFrame(trial: Trial): Frame | null {
  return trial.error?.frames.findLast((frame) => frame.own) ?? null;
}

function describeMeasurement(trial: Trial, index: number): NodeView {
  const measurement = shownMeasurements(trial)[index];
  if (measurement === undefined) return GONE;
  const judged = measurement === trial.result;
  const rows = measurement.rows === null ? '' : `${measurement.rows} rows`;
  const parts = [formatValue(measurement.name, measurement.value), formatData(measurement.data), judged ? rows : ''];
  return nodeView({
    label: formatName(measurement.name),
    description: parts.filter((part) => part !== '').join(' · '),
    icon: { icon: judged ? 'target' : 'symbol-numeric', color: null },
    tooltip: [
      judged ? 'The number that this script is judged by.' : '',
      SOURCES[measurement.source],
      rows === '' ? '' : `Computed on ${rows}.`,
    ].filter((line) => line !== ''),
    context: 'measurement',
  });
}

function describeEpoch(trial: Trial, index: number): NodeView {
  const epoch = trial.epochs[index];
  if (epoch === undefined) return GONE;
  const number = headline(epoch.metrics, trial.result);
  return nodeView({
    label: `Epoch ${epoch.epoch}`,
    description: number === null ? '' : `${formatName(number.name)} ${formatValue(number.name, number.value)}`,
    icon: { icon: 'circle-small-filled', color: null },
    tooltip: Object.entries(epoch.metrics).map(([name, value]) => `${formatName(name)}: ${formatValue(name, value)}`),
    context: 'epoch',
  });
}

function describeArtifact(node: ResultNodeOf<'artifact'>, trial: Trial): NodeView {
  const artifact = trial.artifacts.find(({ path }) => path === node.path);
  return nodeView({
    label: node.path,
    description: artifact === undefined ? '' : formatBytes(artifact.bytes),
    file: `/${node.path}`,
    tooltip: ['Opens the file that the script wrote.'],
    context: 'artifact',
    command: { id: 'hone.openArtifact', arguments: [node] },
  });
}
