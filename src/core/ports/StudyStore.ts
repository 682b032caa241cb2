import type { Evaluation } from '../evaluation/Evaluation.ts';
import type { Artifact, JournalBody, JournalEvent } from '../study/JournalEvent.ts';
import type { Labels } from '../study/Labels.ts';
import type { DataLink, SnapshotFile, StudyPlan } from '../study/StudyPlan.ts';

/** What a folder holds of the code and data that a script may need. */
export interface Snapshot {
  readonly files: readonly SnapshotFile[];
  readonly links: readonly DataLink[];
  /** Links of the user's that lead to places that trials do not see. */
  readonly leftOut: readonly string[];
}

export interface SnapshotOptions {
  /** Globs, relative to the root, of results of earlier runs: they stay out. */
  readonly outputs: readonly string[];
  /** Real paths outside the root that links may lead to. */
  readonly data: readonly string[];
}

/** What a trial left to look at its model by. */
export interface KeptEvaluation {
  readonly evaluation: Evaluation;
  /** Absolute path of the folder with the model, in the form that the sample names. */
  readonly modelFolder: string;
}

/** What was found in a journal; `damage` says in one sentence what was left out. */
export interface JournalContents {
  readonly events: readonly JournalEvent[];
  readonly damage: string | null;
}

/** The only writer of a study's journal. */
export interface JournalWriter {
  readonly events: readonly JournalEvent[];
  /** Numbers, stamps, checks and writes one event; returns after it is in the file, and on the disk where it matters. */
  append(body: JournalBody): JournalEvent;
  close(): void;
}

/** What became of the files that a trial wrote, when they were to be saved; paths relative to the target. */
export interface SavedOutputs {
  /** Absolute path of the folder that they were saved below. */
  readonly target: string;
  readonly saved: readonly string[];
  /** Left alone: a file is there already. */
  readonly existing: readonly string[];
  /** Not written: a link or a folder is in the way, or the name means something else here. */
  readonly refused: readonly string[];
}

/** Studies to bring from elsewhere. */
export interface ImportRequest {
  /** Absolute path of a study's folder, of one above such folders, or of a zip or tar file of them. */
  readonly path: string;
  /** Whether they are to be gone on with: they keep what they reach on a machine, and their id. Else they end, and are there to be looked at. */
  readonly continues: boolean;
}

export interface ImportedStudy {
  /** Its id here, and where it is from. */
  readonly study: string;
  readonly from: string;
}

/** Receives a trial's output as it comes. Ends at a cap, with a line that says so. */
export interface OutputLog {
  write(text: string): void;
  close(): void;
}

/** The studies of a folder, kept in its `.hone`. Throws HoneError: not-found, read-only, disk-full. */
export interface StudyStore {
  /** Ids of all studies, unordered; empty where there is no `.hone`. */
  list(folder: string): Promise<readonly string[]>;
  /**
   * Claims an id, copies the snapshot of `root` (absolute) into the study and writes its plan. All or nothing.
   */
  create(
    plan: (snapshot: Snapshot) => StudyPlan,
    place: { folder: string; study: string; root: string } & SnapshotOptions,
  ): Promise<StudyPlan>;
  /** Brings studies from elsewhere; all or nothing, and nothing that is damaged. None of them starts by itself. */
  import(folder: string, request: ImportRequest): Promise<readonly ImportedStudy[]>;
  readPlan(folder: string, study: string): Promise<StudyPlan>;
  /** The text of a file of the snapshot. */
  readSource(folder: string, study: string, path: string): Promise<string>;
  readJournal(folder: string, study: string): Promise<JournalContents>;
  openJournal(folder: string, study: string): JournalWriter;
  /** Output of a trial, or of one of its repeats, which count from 1. */
  openLog(folder: string, study: string, trial: number, repeat: number): OutputLog;
  /** Absolute path of the study's folder. */
  directory(folder: string, study: string): string;
  logPath(folder: string, study: string, trial: number): string;
  /** Moves what a trial left in the shared work folder to the study's own; returns the artifacts that are there. Follows no links. */
  keepArtifacts(folder: string, study: string, trial: number): Promise<readonly Artifact[]>;
  /** Removes what a trial left from the study. */
  dropArtifacts(folder: string, study: string, trial: number): Promise<void>;
  /** The sample of what a trial was measured on. Throws HoneError: not-found with the reason, protocol where it is damaged. */
  readEvaluation(folder: string, study: string, trial: number): Promise<KeptEvaluation>;
  /** Takes the source files that something left in the shared work folder of a trial, as texts by path, out of it. Follows no links. */
  takeTexts(folder: string, study: string, trial: number): Promise<Readonly<Record<string, string>>>;
  /** Absolute path of an artifact; throws `not-found` where it is absent, a link, or outside. */
  artifactPath(folder: string, study: string, trial: number, artifact: string): Promise<string>;
  /** Copies what a trial left to the same places below `target`, an absolute path; never through a link, over a file only where told. */
  saveArtifacts(
    folder: string,
    study: string,
    trial: number,
    options: { readonly target: string; readonly overwrite: boolean },
  ): Promise<SavedOutputs>;
  /** What the user called the studies of a folder and noted about them, by id; empty for those without. */
  readLabels(folder: string): Promise<ReadonlyMap<string, Labels>>;
  /** Replaces the labels of a study. */
  writeLabels(folder: string, study: string, labels: Labels): Promise<void>;
  /** Removes the shared work folder once nothing runs in it. */
  clearWork(folder: string, study: string): Promise<void>;
  /** What a study's files take on the disk, bytes. */
  size(folder: string, study: string): Promise<number>;
  delete(folder: string, study: string): Promise<void>;
}
