import type { StudyPlan } from '../study/StudyPlan.ts';
import type { Environment, Progress } from './Runtime.ts';

/** A trial that somebody wants to look into. */
export interface Inspection {
  readonly plan: StudyPlan;
  readonly environment: Environment;
  /** Absolute path of the study's folder; what is made for a look lies in it, and is gone afterwards. */
  readonly studyDirectory: string;
  readonly trial: number;
  /** Whole texts of the files that the trial's values changed, by path. */
  readonly files: Readonly<Record<string, string>>;
  /** Absolute path of the folder with what the trial wrote; null where that is nothing. */
  readonly artifacts: string | null;
  readonly seed: number | null;
  /** The trial's own. They may be secret. */
  readonly variables: Readonly<Record<string, string>>;
}

/** How a debugged run ended. */
export interface DebugEnd {
  readonly exitCode: number | null;
  /** What it last wrote to standard error, at most 4 kB. */
  readonly diagnostics: string;
}

/** A run of a trial that waits for a debugger. The caller disposes it, which ends it and removes what it ran in. */
export interface DebugSession {
  /** Where a client of the Debug Adapter Protocol attaches: 127.0.0.1 on this machine. */
  readonly port: number;
  /** The trial's tree, as the debugger names files. */
  readonly tree: string;
  /** What the script prints, as it comes. */
  readonly output: AsyncIterable<string>;
  /** Never rejects. */
  readonly ended: Promise<DebugEnd>;
  dispose(): Promise<void>;
}

/** Ways into trials. Throws HoneError: engine-absent, engine-lost, image-build, no-interpreter, cancelled. */
export interface Inspector {
  /** A shell beside a trial that runs, on this process's own terminal; its exit code, or null where the trial runs nowhere that can be entered. */
  enter(plan: StudyPlan, trial: number): Promise<number | null>;
  /** A shell in a fresh copy of the trial's tree, with what the trial wrote, on this process's own terminal; its exit code. */
  shell(inspection: Inspection, signal: AbortSignal): Promise<number>;
  /**
   * Has a process that did not train it load the model that the trial left and answer its sample anew: what that prints, untrusted, at most 32 MB.
   * The inspection's artifacts are the folder of the sample.
   */
  answer(inspection: Inspection, signal: AbortSignal): Promise<string>;
  /** Starts the trial's script anew, up to its first line. */
  debug(inspection: Inspection, onProgress: (progress: Progress) => void, signal: AbortSignal): Promise<DebugSession>;
}
