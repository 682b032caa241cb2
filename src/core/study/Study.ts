import type { Metric } from '../scan/Script.ts';
import type { Assignment } from '../space/Assignment.ts';
import type {
  Artifact,
  InterruptionCause,
  Measurement,
  Numbers,
  Purpose,
  ScriptError,
  StudyEndState,
  TrialEndState,
} from './JournalEvent.ts';
import type { MaxCost, Place } from './SearchPlan.ts';
import type { Hint } from './Hint.ts';
import type { ArgumentSource, RuntimeKind, StudyKind } from './StudyPlan.ts';

export type StudyState = 'running' | 'paused' | StudyEndState;
export type TrialState = 'running' | TrialEndState;

/** An assignment that was found and not yet started. */
export interface Suggestion {
  readonly trial: number;
  readonly purpose: Purpose;
  readonly assignment: Assignment;
  readonly origin: string;
  /** Of a tweak script: whole texts of the files that it changed, by path. */
  readonly files: Readonly<Record<string, string>> | null;
}

/** A trial run again on another seed. */
export interface Repeat {
  /** Counts from 1. */
  readonly repeat: number;
  readonly seed: number | null;
  readonly purpose: Purpose;
  readonly state: TrialState;
  readonly value: number | null;
  readonly result: Measurement | null;
  readonly measurements: readonly Measurement[];
  readonly seconds: number | null;
  readonly reason: string | null;
  /** It was interrupted, and has not been started again yet. */
  readonly cut: boolean;
}

/** What repeats on fresh seeds tell of a trial. Bounds are one-sided, 95 %, corrected for the number of attempts. */
export interface Confirmation {
  readonly trial: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly seeds: number;
  /** Counts from 1 over the study's confirmations. */
  readonly attempt: number;
  /** True where all repeats gave the trial's own value, and no other trial's repeats differed. */
  readonly identical: boolean;
  /** What the size of the evaluation set leaves open, binomial, one-sided 95 %; null where it is unknown. */
  readonly interval: { readonly low: number; readonly high: number; readonly rows: number } | null;
}

/** A trial that was to be confirmed; begun when its first repeat started. */
export interface Attempt {
  readonly trial: number;
  readonly startedAt: number;
}

/** After how many epochs a run went on, null where they are not counted; `reason` says why it began anew instead. */
export interface Resumption {
  readonly epoch: number | null;
  readonly reason: string | null;
}

/** A run of a trial (repeat 0) or of a repeat that was interrupted. */
export interface Loss {
  readonly trial: number;
  readonly repeat: number;
  readonly cause: InterruptionCause;
  readonly reason: string;
  /** How long is waited before it is started again. */
  readonly delayMs: number;
  /** How it went on; null while it has not. */
  readonly resumed: Resumption | null;
}

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
  /** How many times it was run again. */
  readonly repeats: number;
  readonly repetitions: readonly Repeat[];
  readonly purpose: Purpose;
  /** Why this assignment, in a few words; null for the baseline. */
  readonly origin: string | null;
  /** As of its suggestion. */
  readonly files: Readonly<Record<string, string>> | null;
  readonly parameters: number | null;
  readonly reason: string | null;
  /** What would have let it go on, where it failed. */
  readonly hint: Hint | null;
  readonly error: ScriptError | null;
  readonly artifacts: readonly Artifact[];
  /** It was interrupted, and has not been started again yet; its state is still `running`. */
  readonly cut: boolean;
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
  /** What the user noted about it. */
  readonly note: string | null;
  /** The snapshot's root relative to the folder, with `/`; '' is the folder. Paths of frames are relative to it. */
  readonly root: string;
  /** The script relative to the folder, with `/`. */
  readonly script: string;
  readonly runtime: RuntimeKind;
  /** What the script is started with. */
  readonly arguments: readonly string[];
  /** Where the arguments are from; null where there are none. */
  readonly argumentSource: ArgumentSource | null;
  /** `hone/keras:3f2a1b9c4d5e`, or the interpreter's path; null until it is known. */
  readonly image: string | null;
  readonly state: StudyState;
  readonly phase: StudyPhase;
  readonly metric: Metric | null;
  /** What the search goes by: validation data's value of the metric where the script has one. Its `data` is what was selected on. */
  readonly objective: Metric | null;
  readonly target: number | null;
  readonly trials: readonly Trial[];
  /** In the order of their trials' numbers; one goes when its trial starts. */
  readonly suggestions: readonly Suggestion[];
  /** Number of the best complete trial: what the study would have the user apply. */
  readonly best: number | null;
  /** Of the best trial, where it was repeated on fresh seeds to confirm it. */
  readonly confirmation: Confirmation | null;
  /** In the order in which they began. */
  readonly attempts: readonly Attempt[];
  readonly maxCost: MaxCost;
  /** Fresh seeds of a confirmation, where they were set; else the baseline's time decides. */
  readonly confirmationSeeds: number | null;
  /** Runs that were interrupted, in the order in which they were. */
  readonly losses: readonly Loss[];
  /** Why nothing new is left to try; null while there is. */
  readonly searchEnded: string | null;
  /** Lines that hold hyperparameters and never ran in the baseline. */
  readonly unexecuted: readonly Place[];
  /** True once the developer asked to end with the best there is. */
  readonly accepted: boolean;
  /** True once it went on after a pause. */
  readonly resumed: boolean;
  /** It waits for someone to say how long the search may take, from then on; so many minutes are proposed. Null where it does not. */
  readonly asksMinutes: number | null;
  /** How much wall time it has in all, where that was said after it began. */
  readonly minutes: number | null;
  /** Milliseconds that it was supervised and not paused, up to its last event. */
  readonly activeMs: number;
  readonly reason: string | null;
  /** What a person should know of how it runs, one sentence each: a pin that gave way, data that is fetched. */
  readonly notes: readonly string[];
  readonly packages: Readonly<Record<string, string>>;
  /** Version of the Python that runs it; null until that is known. */
  readonly python: string | null;
  readonly container: string | null;
  /** Number of the last message of its runner that is journalled. */
  readonly heard: number;
  readonly startedAt: number;
  readonly endedAt: number | null;
  /** When its last event was written, milliseconds since 1970. */
  readonly updatedAt: number;
  /** The same by a clock of its writer's that never jumps; null where that is unknown. */
  readonly steadyMs: number | null;
  /** True where its journal has no end and nobody supervises it any more; it is shown as failed. */
  readonly interrupted: boolean;
  /** Sequence number of the last event that it holds. */
  readonly sequence: number;
}
