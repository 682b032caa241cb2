import type { Direction, Metric, MetricData, MetricSource } from '../scan/Script.ts';
import type { Assignment } from '../space/Assignment.ts';
import type { MaxCost, Place } from './SearchPlan.ts';
import type { Hint } from './Hint.ts';
import type { ArgumentSource, RuntimeKind, StudyKind } from './StudyPlan.ts';

/** A number may be missing because it was not finite; JSON has no NaN. */
export type Numbers = Readonly<Record<string, number | null>>;

/** Where a Python exception was raised; `path` is relative to the snapshot's root for the user's own files. */
export interface Frame {
  readonly path: string;
  readonly line: number;
  readonly function: string;
  /** True where the file is the user's own. */
  readonly own: boolean;
}

export interface ScriptError {
  readonly type: string;
  readonly message: string;
  readonly frames: readonly Frame[];
}

export interface Artifact {
  /** Relative to `trials/<n>/artifacts`, with `/`. */
  readonly path: string;
  readonly bytes: number;
}

export type TrialEndState = 'complete' | 'pruned' | 'failed' | 'cancelled';
export type StudyEndState = 'complete' | 'target-reached' | 'target-missed' | 'failed' | 'cancelled';

/** What a trial is run for. A repeat has its own purpose: it re-tests a candidate, or confirms the best. */
export type Purpose = 'baseline' | 'search' | 'retest' | 'reduction' | 'confirmation';

/** Why a run lost its process, where that is not the script's fault. */
export type InterruptionCause =
  | 'killed'
  | 'ended-unwatched'
  | 'engine-restarted'
  | 'runner-failed'
  | 'supervisor-lost'
  | 'host-restarted';

/** What the developer asked for while a study ran. */
export type Request = 'pause' | 'resume' | 'accept';

/** A measured value: `rows` is the size of the evaluation set where it is known. */
export interface Measurement extends Metric {
  readonly value: number | null;
  readonly rows: number | null;
}

/** `runnerSequence` is the number that the runner's message had, by which it is known when it comes again. */
export type JournalBody =
  | {
      readonly type: 'study-created';
      readonly study: string;
      readonly kind: StudyKind;
      readonly name: string | null;
      readonly root: string;
      readonly script: string;
      readonly runtime: RuntimeKind;
      readonly metric: Metric | null;
      readonly target: number | null;
      readonly notes: readonly string[];
      /** Those that the script is started with, and where they are from. */
      readonly arguments?: readonly string[];
      readonly argumentSource?: ArgumentSource | null;
      /** Of a study: what may be chosen as the best. */
      readonly maxCost?: MaxCost;
      /** Fresh seeds of a confirmation, where they were set. */
      readonly confirmationSeeds?: number | null;
    }
  | { readonly type: 'supervisor-started'; readonly pid: number; readonly version: string }
  | {
      readonly type: 'environment-ready';
      readonly image: string;
      readonly digest: string | null;
      readonly built: boolean;
      readonly seconds: number;
      readonly notes?: readonly string[];
    }
  | { readonly type: 'runner-started'; readonly container: string | null }
  /** A new supervisor found the runner alive; what runs in it goes on. */
  | { readonly type: 'runner-attached'; readonly container: string | null }
  | { readonly type: 'runner-ready'; readonly python: string; readonly packages: Readonly<Record<string, string>> }
  | {
      /** An assignment was found, and is never asked for again. It holds only what differs from the user's own values. */
      readonly type: 'trial-suggested';
      readonly trial: number;
      readonly purpose: Purpose;
      readonly assignment: Assignment;
      /** Why this one, in a few words: `learning_rate × 10`. */
      readonly origin: string;
      /** Files that a tweak script changed, whole texts by path; absent elsewhere. */
      readonly files?: Readonly<Record<string, string>>;
    }
  | {
      readonly type: 'trial-started';
      readonly trial: number;
      /** 0 is the trial itself on the user's own seed, 1 and more repeat it on fresh ones. */
      readonly repeat: number;
      readonly assignment: Assignment;
      readonly seed: number | null;
      readonly purpose?: Purpose;
      /** It was interrupted, and is to go on where it was saved last. */
      readonly resume?: true;
    }
  /** What was trained so far is safe: the end of so many epochs; null where they are not counted. */
  | {
      readonly type: 'checkpoint-saved';
      readonly trial: number;
      readonly repeat: number;
      readonly epoch: number | null;
      readonly bytes: number;
      readonly seconds: number;
      readonly runnerSequence?: number;
    }
  /** A run that was interrupted goes on after so many epochs; with null it began anew, and `reason` says why. */
  | {
      readonly type: 'trial-resumed';
      readonly trial: number;
      readonly repeat: number;
      readonly epoch: number | null;
      readonly reason: string | null;
      readonly runnerSequence?: number;
    }
  /** A run lost its process, which was not its fault: it goes on after the delay, and counts as the same. */
  | {
      readonly type: 'trial-interrupted';
      readonly trial: number;
      readonly repeat: number;
      readonly cause: InterruptionCause;
      /** One sentence. */
      readonly reason: string;
      readonly delayMs: number;
    }
  /** Nothing new is left to try: the tweak script had enough, the suggester found nothing that was not tried. One sentence. */
  | { readonly type: 'search-ended'; readonly reason: string }
  | {
      readonly type: 'request';
      readonly request: Request;
      /** Of a resume: the search may take so long from then on. */
      readonly minutes?: number | undefined;
      /** Of the plan's own pause: nobody said how long the search may take; so long is proposed. */
      readonly asksMinutes?: number | undefined;
    }
  | {
      readonly type: 'epoch';
      readonly trial: number;
      readonly repeat: number;
      readonly epoch: number;
      readonly epochs: number | null;
      readonly metrics: Numbers;
      readonly runnerSequence?: number;
    }
  | {
      readonly type: 'metric';
      readonly trial: number;
      readonly repeat: number;
      readonly name: string;
      readonly value: number | null;
      readonly data: MetricData;
      readonly source: MetricSource;
      readonly direction: Direction;
      readonly rows: number | null;
      readonly runnerSequence?: number;
    }
  | {
      readonly type: 'trial-ended';
      readonly trial: number;
      readonly repeat: number;
      readonly state: TrialEndState;
      readonly result: Measurement | null;
      readonly seconds: number;
      readonly exitCode: number | null;
      readonly signal: string | null;
      readonly reason: string | null;
      /** What would have let it go on. */
      readonly hint?: Hint | null;
      readonly error: ScriptError | null;
      readonly artifacts: readonly Artifact[];
      /** Trainable numbers of the model, where a hook saw it. */
      readonly parameters?: number | null;
      /** Of the lines that the baseline watched, those that never ran. */
      readonly unexecuted?: readonly Place[];
      readonly runnerSequence?: number;
    }
  | { readonly type: 'runner-lost'; readonly reason: string }
  /** What a trial left on the disk gave way to that of better ones. */
  | { readonly type: 'artifacts-removed'; readonly trial: number }
  | { readonly type: 'study-ended'; readonly state: StudyEndState; readonly reason: string | null };

/**
 * One line of journal.jsonl, in order. `sequence` counts from 1 without gaps; `time` is milliseconds since 1970, `steadyMs` those of a clock of its
 * writer's that never jumps. On disk each
 * line also carries a checksum of itself, which the file adapter writes and verifies.
 */
export type JournalEvent = JournalBody & { readonly sequence: number; readonly time: number; readonly steadyMs?: number };
