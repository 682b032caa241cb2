import type { Metric } from '../scan/Script.ts';
import type { Assignment } from '../space/Assignment.ts';
import type { Artifact, Measurement, Numbers, ScriptError, StudyEndState, TrialEndState } from './JournalEvent.ts';
import type { RuntimeKind, StudyKind } from './StudyPlan.ts';

export type StudyState = 'running' | 'paused' | StudyEndState;
export type TrialState = 'running' | TrialEndState;

export interface Epoch {
  /** Counts from 1. */
  readonly epoch: number;
  readonly epochs: number | null;
  readonly metrics: Numbers;
}

export interface Trial {
  /** 0 is the baseline: the user's own values. */
  readonly number: number;
  readonly state: TrialState;
  /** The value of `result`; null while there is none or where it is not finite. */
  readonly value: number | null;
  /** What the value is of. */
  readonly result: Measurement | null;
  readonly hyperparameters: Assignment;
  readonly epochs: readonly Epoch[];
  /** Everything that was measured, in the order it came. */
  readonly measurements: readonly Measurement[];
  readonly seconds: number | null;
  readonly repeats: number;
  readonly reason: string | null;
  readonly error: ScriptError | null;
  readonly artifacts: readonly Artifact[];
  readonly startedAt: number;
  readonly endedAt: number | null;
}

/** What a study is doing right now, for one line of text. */
export type StudyPhase = 'preparing' | 'starting' | 'training' | 'ended';

/** A study as its journal tells it: a pure function of the events. */
export interface Study {
  readonly id: string;
  readonly kind: StudyKind;
  /** Given by the user. */
  readonly name: string | null;
  /** The snapshot's root relative to the folder, with `/`; '' is the folder. Paths of frames are relative to it. */
  readonly root: string;
  /** The script relative to the folder, with `/`. */
  readonly script: string;
  readonly runtime: RuntimeKind;
  /** `hone/keras:3f2a1b9c4d5e`, or the interpreter's path; null until it is known. */
  readonly image: string | null;
  readonly state: StudyState;
  readonly phase: StudyPhase;
  readonly metric: Metric | null;
  readonly target: number | null;
  readonly trials: readonly Trial[];
  /** Number of the best complete trial. */
  readonly best: number | null;
  readonly reason: string | null;
  /** What a person should know of how it runs, one sentence each: a pin that gave way, data that is fetched. */
  readonly notes: readonly string[];
  readonly packages: Readonly<Record<string, string>>;
  readonly container: string | null;
  readonly startedAt: number;
  readonly endedAt: number | null;
  /** True where its journal has no end and nobody supervises it any more; it is shown as failed. */
  readonly interrupted: boolean;
  /** Sequence number of the last event that it holds. */
  readonly sequence: number;
}
