import type { Progress } from '../core/ports/Runtime.ts';
import type { Assignment } from '../core/space/Assignment.ts';
import type { DimensionGroup, Strategy } from '../core/study/SearchPlan.ts';
import type { Study } from '../core/study/Study.ts';
import type { RuntimeKind } from '../core/study/StudyPlan.ts';

export interface SpaceRequest {
  /** Absolute path of the folder; paths of results are relative to it. */
  readonly folder: string;
  /** The script or a folder with one, absolute or relative to the folder; the only script of the folder where absent. */
  readonly script?: string;
  /** What the script is started with: it decides which values its defaults lose to; hone.yaml's where absent. */
  readonly arguments?: readonly string[];
}

/** A script whose code is shown. */
export interface InspectRequest {
  /** Absolute path of the folder; paths of results are relative to it. */
  readonly folder: string;
  /** Path of the script relative to the folder. */
  readonly script: string;
  /** Read instead of the file where it is given; a notebook is its JSON. */
  readonly text?: string;
}

export interface TrainRequest {
  /** Absolute path of the folder; `.hone` is made in it. */
  readonly folder: string;
  /** The script or a folder with one, absolute or relative to the folder; the only script of the folder where absent. */
  readonly script?: string;
  readonly arguments?: readonly string[];
  /** Name of the configuration of launch.json to start it by. */
  readonly launch?: string;
  readonly assignment?: Assignment;
  readonly runtime?: RuntimeKind | 'auto';
  readonly name?: string;
  /** Where it runs without a container: makes an environment of Hone's own with what the script needs, and keeps it for later runs. */
  readonly makeEnvironment?: boolean;
  /** Repeats this run: its script, arguments, values and runtime hold where the request names none. */
  readonly again?: TrialName;
}

/** A trial of a study; where no number is given the one that stands for it: the best, else the last. */
export interface TrialName {
  readonly study: string;
  readonly trial?: number;
}

/** The best trial of the study where none is named. */
export interface CheckRequest extends TrialName {
  readonly folder: string;
}

export interface SaveRequest extends TrialName {
  readonly folder: string;
  /** Absolute, or relative to the folder; where the script would have put them where absent. */
  readonly to?: string;
  readonly overwrite?: boolean;
}

export interface TuneRequest extends TrainRequest {
  /** As people write it: `95`, `95%`, `0.95`; null for none. hone.yaml's where absent, else 95 % for a metric that is at best 1. */
  readonly target?: string | number | null;
  /** At most so many trials, repeats apart. */
  readonly trials?: number;
  /** At most so long, wall time. */
  readonly minutes?: number;
  /** Trials side by side. */
  readonly jobs?: number;
  readonly strategy?: Strategy;
  /** What may change; everything where absent. */
  readonly groups?: readonly DimensionGroup[];
  readonly seed?: number;
  /** Pauses a new study once, where the baseline has missed the target and the search would begin. */
  readonly baseline?: boolean;
  /** Id to give the study. One that is there is gone on with, as it was planned. */
  readonly study?: string;
}

/** A configuration of launch.json, to be chosen by its name. */
export interface LaunchChoice {
  readonly name: string;
  readonly arguments: readonly string[];
}

/** A trial to look into. */
export interface LookRequest extends TrialName {
  /** Absolute path of the folder. */
  readonly folder: string;
}

/** What a follower of a study is told, in order: the study after each event, its live output, and passing progress. */
export type StudyUpdate =
  | { readonly type: 'study'; readonly study: Study }
  | { readonly type: 'output'; readonly trial: number; readonly stream: 'stdout' | 'stderr'; readonly text: string }
  | { readonly type: 'progress'; readonly progress: Progress };
