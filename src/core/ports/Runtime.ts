import type { Event } from '../../base/Emitter.ts';
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
  /** The engine was away when it was disposed, so nothing is known of the process. */
  readonly engineLost: boolean;
  /** The engine was gone for a while, and the process has ended meanwhile. */
  readonly engineRestarted: boolean;
  /** It had ended before anybody listened to it again: a signal may have been anybody's, the engine's too. */
  readonly unwatched: boolean;
  /** What it last wrote to its own standard error, at most 4 kB. */
  readonly diagnostics: string;
}

/** `lost`: the engine does not answer; `attached`: it does again, and the runner lives. What was said meanwhile is asked for anew. */
export type ConnectionState = 'lost' | 'attached';

/** A runner. The caller disposes it, which stops it and removes what it ran in. It outlives an engine that comes back. */
export interface RunnerConnection {
  readonly paths: RunnerPaths;
  /** Container id, null in the local runtime. */
  readonly container: string | null;
  /** The lines of its standard output, each at most 1 MB; ends when it does. */
  readonly lines: AsyncIterable<string>;
  /** Lost while the engine is away. */
  send(line: string): void;
  readonly onDidChange: Event<ConnectionState>;
  /** Settles when the runner is gone; never rejects. */
  readonly ended: Promise<RunnerEnd>;
  /** Brings `work` up to date on this machine, where it is not shared anyway; call before reading artifacts. */
  collect(trial: number): Promise<void>;
  /** Stops it within two seconds and removes its container; `work` stays, for one that goes on. Safe to call twice. */
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
  /**
   * Finds the runner that another supervisor of the study left, alive or ended; null where there is none. Throws HoneError: engine-absent,
   * engine-lost.
   */
  attach(plan: StudyPlan, environment: Environment, studyDirectory: string): Promise<RunnerConnection | null>;
  /** Removes what a study's trials ran in (containers, volumes). */
  release(study: string, folder: string): Promise<void>;
  /** Removes whatever a study left behind (containers, volumes); true where there was something. */
  remove(study: string, folder: string): Promise<boolean>;
}
