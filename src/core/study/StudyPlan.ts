import type { ImageRecipe } from '../images/ImageRecipe.ts';
import type { Family, Framework, Metric, Task } from '../scan/Script.ts';
import type { Assignment } from '../space/Assignment.ts';
import type { NoticePlan } from './NoticePlan.ts';
import type { SearchPlan } from './SearchPlan.ts';

export type RuntimeKind = 'docker' | 'local';

/** A run is a study of one trial; lists keep the two apart. */
export type StudyKind = 'run' | 'study';

/** A file of the snapshot, copied into `source/`; `path` is relative to the root, with `/`. */
export interface SnapshotFile {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** Data that a trial sees but that is never copied: a link to a file or folder of the user's, read-only. */
export interface DataLink {
  readonly path: string;
  readonly directory: boolean;
}

/** Where a script's arguments are from: a person who typed them, or a file. */
export type ArgumentSource = 'given' | 'hone.yaml' | 'launch.json';

/** One configuration of a launch.json. */
export interface LaunchReference {
  /** Absolute path of the folder that `.vscode` is in. */
  readonly folder: string;
  readonly name: string;
}

/** Data above the root: `path` leads to it from there with `..`, `target` is where it lies. Absolute. */
export interface UpwardLink extends DataLink {
  readonly target: string;
}

/** The commit of a remote that a study is of, where the open folder may hold another. */
export interface PushReference {
  readonly remote: string;
  readonly branch: string;
  readonly commit: string;
  /** Absolute path of what stood for the folder in the work tree of that commit; it goes when the study has ended. */
  readonly tree: string;
}

/** How the script is started, as the user would type it. */
export interface Command {
  /** Relative to the root, with `/`. */
  readonly script: string;
  /** `python -m` form where true. */
  readonly module: boolean;
  readonly arguments: readonly string[];
  /** Working directory relative to the root; '' is the root. */
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Absolute path of a file with more variables, which may be secret: it is read when a trial starts and kept nowhere. */
  readonly environmentFile: string | null;
  /** Null where there are no arguments, here and in older plans. */
  readonly source?: ArgumentSource | null;
  /** Variables of this one hold, too; they may be secret: they are read when a trial starts and kept nowhere. */
  readonly launch?: LaunchReference | null;
  /** Names of the configurations of launch.json that it could be started by. */
  readonly launches?: readonly string[];
}

export interface Limits {
  readonly memoryBytes: number | null;
  readonly cpus: number | null;
  /** Shared memory; null leaves it to Hone. */
  readonly sharedBytes?: number | null;
  /** A trial is stopped after so many minutes. */
  readonly trialMinutes: number | null;
  /** Kept of what a trial wrote; more is left out, and said. */
  readonly artifactBytes: number;
}

/**
 * All that a study was asked to be, written once when it starts and never changed: plan.json. Nothing in it is secret.
 * Paths are relative to the folder that holds `.hone`.
 */
export interface StudyPlan {
  readonly version: 1;
  /** Readable id: `digits-cnn-3`. */
  readonly study: string;
  readonly kind: StudyKind;
  /** Name given by the user. */
  readonly name: string | null;
  /** Absolute path of the folder that holds `.hone`, as this machine spells it. */
  readonly folder: string;
  /** Snapshot root relative to the folder; '' is the folder. */
  readonly root: string;
  /** The script relative to the folder: what lists show. */
  readonly script: string;
  readonly framework: Framework;
  readonly family: Family;
  readonly task: Task;
  /** What reading the code expects to be reported; null where it saw no metric. */
  readonly metric: Metric | null;
  /** Whether hone.yaml names that metric, and so decides. */
  readonly metricChosen?: boolean;
  /** For a metric bounded by 1, within 0..1. */
  readonly target: number | null;
  readonly runtime: RuntimeKind;
  /** In the local runtime what Hone's own environment holds; null there where the interpreter is used as it is. */
  readonly image: ImageRecipe | null;
  /** Absolute path of the interpreter in the local runtime. */
  readonly interpreter: string | null;
  readonly command: Command;
  /** Values set by the user for the one trial of a run; a study's baseline has none. */
  readonly assignment: Assignment;
  /** Library modules to import once for all trials; empty where each trial is a process of its own. */
  readonly preload: readonly string[];
  /** Lines with hyperparameters: the baseline tells which of them never ran. Paths relative to the root. */
  readonly watch: readonly { readonly path: string; readonly cell?: number; readonly lines: readonly number[] }[];
  /** How a study searches; null for a run. */
  readonly search: SearchPlan | null;
  /** Absent where it is of the open folder. */
  readonly push?: PushReference | null;
  readonly snapshot: readonly SnapshotFile[];
  readonly links: readonly DataLink[];
  /** Data outside the folder that containers see, read-only, at the same path. Absolute, without links. */
  readonly data: readonly string[];
  /** Those of the data that the script may name by a path that leads upwards out of the root, as `../sets`. */
  readonly upwards?: readonly UpwardLink[];
  readonly limits: Limits;
  /** Those that containers get: all, so many, or none. */
  readonly gpus?: 'all' | number | null;
  /** What a person should know of this plan, one sentence each. */
  readonly notes: readonly string[];
  /** Who is told of it, and of what; null or absent where nobody is. */
  readonly notify?: NoticePlan | null;
  /** Whether the container may reach the network. */
  readonly network: boolean;
  readonly seed: number;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}
