import type { RuntimeKind, StudyPlan } from '../study/StudyPlan.ts';

/** A step of a long preparation; `fraction` is 0..1 or null where nobody knows. */
export interface Progress {
  readonly text: string;
  readonly fraction: number | null;
}

/** What trials run in, ready for use. */
export interface Environment {
  /** Image reference, or the interpreter's path. */
  readonly image: string;
  /** Image id, `sha256:…`; null for an interpreter. */
  readonly digest: string | null;
  readonly built: boolean;
  readonly seconds: number;
  /** What was relaxed of the project's wishes when it was built, a sentence each. */
  readonly notes?: readonly string[];
}

/** Where things are, as the runner sees them. */
export interface RunnerPaths {
  readonly source: string;
  /** Holds one folder a trial; the runner writes nowhere else. */
  readonly work: string;
  /** One for each of the plan's links, in order: where the linked file or folder is. */
  readonly links: readonly string[];
}

/** Why a runner is gone. */
export interface RunnerEnd {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly outOfMemory: boolean;
  /** The engine went away, so nothing is known of the process. */
  readonly engineLost: boolean;
  /** What it last wrote to its own standard error, at most 4 kB. */
  readonly diagnostics: string;
}

/** A live runner. The caller disposes it, which stops it and removes what it ran in. */
export interface RunnerConnection {
  readonly paths: RunnerPaths;
  /** Container id, null in the local runtime. */
  readonly container: string | null;
  /** The lines of its standard output, each at most 1 MB; ends when it does. */
  readonly lines: AsyncIterable<string>;
  send(line: string): void;
  /** Settles when the runner is gone; never rejects. */
  readonly ended: Promise<RunnerEnd>;
  /** Brings `work` up to date on this machine, where it is not shared anyway; call before reading artifacts. */
  collect(trial: number): Promise<void>;
  /** Stops it within two seconds and removes its container and volumes. Safe to call twice. */
  dispose(): Promise<void>;
}

/**
 * Where trials run: a container, or the user's own interpreter. One shared contract suite runs against every adapter.
 * `studyDirectory` is absolute and holds `source/` (the snapshot) and `work/`.
 */
export interface Runtime {
  readonly kind: RuntimeKind;
  /** Makes what trials run in, or finds it ready. Throws HoneError: engine-absent, image-build, disk-full, no-interpreter, cancelled. */
  prepare(plan: StudyPlan, onProgress: (progress: Progress) => void, signal: AbortSignal): Promise<Environment>;
  /** Starts a runner. Throws HoneError: engine-absent, engine-lost, already-running, cancelled. */
  launch(plan: StudyPlan, environment: Environment, studyDirectory: string, signal: AbortSignal): Promise<RunnerConnection>;
  /** Removes whatever a study left behind (containers, volumes); true where there was something. */
  remove(study: string, folder: string): Promise<boolean>;
}
