import type { Metric } from '../scan/Script.ts';
import type { Artifact } from './JournalEvent.ts';
import type { Assignment } from '../space/Assignment.ts';
import { studyValueOf, type ValueComparison } from './compareValues.ts';
import type { Study, StudyState, Trial, TrialState } from './Study.ts';

/** What `train`, `tune` and `show` print with `--json`. Programs are written against it: add to it, never change it. */
export interface StudyDocument {
  readonly version: 1;
  readonly study: string;
  readonly kind: Study['kind'];
  readonly name: string | null;
  readonly note: string | null;
  readonly script: string;
  readonly image: string | null;
  readonly runtime: Study['runtime'];
  readonly arguments: readonly string[];
  readonly state: StudyState;
  readonly metric: Metric | null;
  readonly target: number | null;
  /** What the search went by: the metric on validation data where the script has some. Its `data` is what was selected on. */
  readonly objective: Metric | null;
  /** The value of trial 0: the user's own settings. */
  readonly baseline: number | null;
  readonly best: BestDocument | null;
  /** What the best came to: the mean of its repeats where it has two or more, else its own value, with its standard error where that is known. */
  readonly judged: { readonly value: number; readonly error: number | null } | null;
  /** How that stands to the result that `--against` named; null where none was, or where the two cannot be compared. */
  readonly against: ValueComparison | null;
  readonly trials: readonly TrialDocument[];
  readonly seconds: number;
  readonly reason: string | null;
  /** It waits for someone to say how long the search may take; so many minutes are proposed. Null where it does not. */
  readonly asksMinutes: number | null;
}

interface BestDocument {
  readonly trial: number;
  readonly value: number | null;
  readonly hyperparameters: Assignment;
  /** What repeats on fresh seeds tell of it: their mean, its one-sided 95 % bounds, their number. Null where it was not repeated for that. */
  readonly confirmed: ConfirmedDocument | null;
}

interface ConfirmedDocument {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly seeds: number;
}

interface TrialDocument {
  readonly number: number;
  readonly state: TrialState;
  readonly value: number | null;
  readonly hyperparameters: Assignment;
  /** Epochs that were trained; null where the framework has none. */
  readonly epochs: number | null;
  readonly seconds: number | null;
  readonly repeats: number;
  readonly reason: string | null;
  /** Files that it wrote, relative to `.hone/studies/<id>/trials/<number>/artifacts`. */
  readonly artifacts: readonly Artifact[];
}

/** The fixed JSON of a study. `now` is milliseconds since 1970, for a study that still runs. */
export function studyDocument(study: Study, now: number, against: ValueComparison | null = null): StudyDocument {
  const best = study.trials.find((trial) => trial.number === study.best);
  const judged = studyValueOf(study);
  return {
    version: 1,
    study: study.id,
    kind: study.kind,
    name: study.name,
    note: study.note,
    script: study.script,
    image: study.image,
    runtime: study.runtime,
    arguments: study.arguments,
    state: study.state,
    metric: study.metric,
    target: study.target,
    objective: study.objective,
    baseline: study.trials[0]?.value ?? null,
    best:
      best === undefined
        ? null
        : {
            trial: best.number,
            value: best.value,
            hyperparameters: best.hyperparameters,
            confirmed: confirmedDocument(study, best),
          },
    judged: judged === null ? null : { value: judged.value, error: judged.error },
    against,
    trials: study.trials.map(trialDocument),
    seconds: Math.round((study.endedAt ?? now) - study.startedAt) / 1000,
    reason: study.reason,
    asksMinutes: study.asksMinutes,
  };
}

function confirmedDocument({ confirmation }: Study, best: Trial): ConfirmedDocument | null {
  if (confirmation === null || confirmation.trial !== best.number) return null;
  const { mean, low, high, seeds } = confirmation;
  return { mean, low, high, seeds };
}

function trialDocument(trial: Trial): TrialDocument {
  return {
    number: trial.number,
    state: trial.state,
    value: trial.value,
    hyperparameters: trial.hyperparameters,
    epochs: epochsOf(trial),
    seconds: trial.seconds,
    repeats: trial.repeats,
    reason: trial.reason,
    artifacts: trial.artifacts,
  };
}

/** How many epochs or rounds were trained; null where the framework has none. Long boosting tells only some of its rounds. */
export function epochsOf(trial: Trial): number | null {
  return trial.epochs.length === 0 ? null : Math.max(...trial.epochs.map(({ epoch }) => epoch));
}
