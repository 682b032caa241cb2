import type { MetricData } from '../../core/scan/Script.ts';
import type { Measurement } from '../../core/study/JournalEvent.ts';
import type { Study, Trial } from '../../core/study/Study.ts';
import type { StudyKind } from '../../core/study/StudyPlan.ts';
import { isActive } from './describeStudy.ts';
import type { ResultNode } from './ResultNode.ts';
import type { StudyRef } from './WatchedStudies.ts';

/** Children shown at once: VS Code draws thousands badly. */
export const PAGE = 200;

/** Where the tree's data comes from. */
export interface StudySource {
  readonly folders: readonly string[];
  studies(folder: string): readonly Study[];
  get(ref: StudyRef): Study | null;
  /** Folders of which the remote is watched. */
  readonly remotes: readonly string[];
}

type Draft = ResultNode extends infer Node ? (Node extends ResultNode ? Omit<Node, 'parent'> : never) : never;

/** The shape of the Results tree. A node keeps its identity as long as it is there, so that one can be refreshed alone. */
export class ResultModel {
  readonly #source: StudySource;
  readonly #nodes = new Map<string, ResultNode>();
  readonly #pages = new Map<string, number>();

  constructor(source: StudySource) {
    this.#source = source;
  }

  children(node: ResultNode | null): readonly ResultNode[] {
    return this.#page(node, this.#drafts(node)).map((draft) => this.#node(draft, node));
  }

  /** The node of a study, made where the tree has not shown it yet; null where there is no such study. */
  studyNode(ref: StudyRef): ResultNode | null {
    const study = this.#source.get(ref);
    if (study === null) return null;
    return this.#node(studyDraft(ref), this.#node(groupDraft(study.kind), null));
  }

  groupNode(kind: StudyKind): ResultNode {
    return this.#node(groupDraft(kind), null);
  }

  /** One more page of a node's children; returns that node, or null for the root. */
  showMore(of: string): ResultNode | null {
    this.#pages.set(of, (this.#pages.get(of) ?? 1) + 1);
    return this.#nodes.get(of) ?? null;
  }

  /** The trial that a node belongs to; null where it is gone. */
  trial(ref: StudyRef, number: number): Trial | null {
    return this.#source.get(ref)?.trials.find((trial) => trial.number === number) ?? null;
  }

  #drafts(node: ResultNode | null): readonly Draft[] {
    if (node === null) return [...this.#source.remotes.map(remoteDraft), ...this.#groups()];
    if (node.kind === 'group') return this.#ofKind(node.group).map(studyDraft);
    if (node.kind === 'study') return this.#ofStudy(node.ref);
    if (!('trial' in node)) return [];
    const trial = this.trial(node.ref, node.trial);
    if (trial === null) return [];
    const at = { ref: node.ref, trial: node.trial };
    if (node.kind === 'trial') return trialDrafts(node.key, node.ref, trial);
    if (node.kind === 'epochs') {
      // The newest first: it is the one that is watched.
      return trial.epochs.map((_, index) => ({ kind: 'epoch' as const, key: `${node.key}/${index}`, index, ...at })).reverse();
    }
    if (node.kind === 'artifacts') {
      return trial.artifacts.map(({ path }) => ({ kind: 'artifact' as const, key: `${node.key}/${path}`, path, ...at }));
    }
    return [];
  }

  #groups(): readonly Draft[] {
    const kinds: readonly StudyKind[] = ['study', 'run'];
    return kinds.filter((kind) => this.#ofKind(kind).length > 0).map(groupDraft);
  }

  #ofKind(kind: StudyKind): readonly StudyRef[] {
    return this.#source.folders
      .flatMap((folder) => this.#source.studies(folder).map((study) => ({ folder, study })))
      .filter(({ study }) => study.kind === kind)
      .sort((a, b) => b.study.startedAt - a.study.startedAt)
      .map(({ folder, study }) => ({ folder, id: study.id }));
  }

  #ofStudy(ref: StudyRef): readonly Draft[] {
    const study = this.#source.get(ref);
    if (study === null) return [];
    const key = studyDraft(ref).key;
    const only = study.trials[0];
    // What a study does before its first trial; it also keeps a new study's node open.
    if (only === undefined) return isActive(study) ? [{ kind: 'step', key: `${key}/step`, ref }] : [];
    if (study.kind === 'run') return trialDrafts(key, ref, only);
    return bestFirst(study).map((trial) => ({ kind: 'trial' as const, key: `${key}/${trial.number}`, ref, trial: trial.number }));
  }

  #page(node: ResultNode | null, drafts: readonly Draft[]): readonly Draft[] {
    const of = node?.key ?? '';
    const shown = (this.#pages.get(of) ?? 1) * PAGE;
    if (drafts.length <= shown) return drafts;
    return [...drafts.slice(0, shown), { kind: 'more', key: `${of}/more`, of, left: drafts.length - shown }];
  }

  #node(draft: Draft, parent: ResultNode | null): ResultNode {
    const known = this.#nodes.get(draft.key);
    if (known !== undefined && known.kind !== 'more') return known;
    const node: ResultNode = { ...draft, parent };
    this.#nodes.set(draft.key, node);
    return node;
  }
}

const DATA_ORDER: readonly MetricData[] = ['test', 'validation', 'unknown', 'train'];

/** The measurements worth showing: of each metric on each data the last one; first the one that the trial is judged by, then by data. */
export function shownMeasurements(trial: Trial): readonly Measurement[] {
  const last = new Map<string, Measurement>();
  for (const measurement of [...trial.measurements, ...(trial.result === null ? [] : [trial.result])]) {
    last.set(`${measurement.name}/${measurement.data}`, measurement);
  }
  const judged = trial.result;
  const rank = (measurement: Measurement): number => (measurement === judged ? -1 : DATA_ORDER.indexOf(measurement.data));
  return [...last.values()].sort((a, b) => rank(a) - rank(b));
}

function groupDraft(kind: StudyKind): Draft {
  return { kind: 'group', key: kind, group: kind };
}

function remoteDraft(folder: string): Draft {
  return { kind: 'remote', key: `remote ${folder}`, folder };
}

function studyDraft(ref: StudyRef): Draft {
  return { kind: 'study', key: JSON.stringify([ref.folder, ref.id]), ref };
}

function trialDrafts(key: string, ref: StudyRef, trial: Trial): readonly Draft[] {
  const at = { ref, trial: trial.number };
  const drafts: Draft[] = [];
  if (trial.state === 'failed') drafts.push({ kind: 'failure', key: `${key}/failure`, ...at });
  Object.keys(trial.hyperparameters).forEach((id, index) =>
    drafts.push({ kind: 'setting', key: `${key}/setting/${id}`, index, ...at }),
  );
  shownMeasurements(trial).forEach((_, index) =>
    drafts.push({ kind: 'measurement', key: `${key}/metric/${index}`, index, ...at }),
  );
  if (trial.epochs.length > 0) drafts.push({ kind: 'epochs', key: `${key}/epochs`, ...at });
  drafts.push({ kind: 'log', key: `${key}/log`, ...at });
  if (trial.artifacts.length > 0) drafts.push({ kind: 'artifacts', key: `${key}/artifacts`, ...at });
  return drafts;
}

/** Complete trials by value, then the rest, the newest first. */
function bestFirst(study: Study): readonly Trial[] {
  const sign = study.metric?.direction === 'minimize' ? 1 : -1;
  const rank = (trial: Trial): number => (trial.state === 'running' ? 0 : trial.value === null ? 2 : 1);
  return [...study.trials].sort((a, b) => {
    if (rank(a) !== rank(b)) return rank(a) - rank(b);
    const difference = a.value === null || b.value === null ? 0 : sign * (a.value - b.value);
    return difference === 0 ? b.number - a.number : difference;
  });
}
