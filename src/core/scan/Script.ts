/** The library that trains. */
export type Framework = 'keras' | 'sklearn' | 'pytorch' | 'xgboost' | 'lightgbm' | 'catboost' | 'none';

/** The kind of model. */
export type Family = 'cnn' | 'dense' | 'rnn' | 'transfer' | 'classical' | 'boosting' | 'none';

export type Task = 'classification' | 'regression' | 'unknown';

/** Which rows a number was computed on. */
export type MetricData = 'train' | 'validation' | 'test' | 'unknown';

/** How a number reached us: from the framework itself, from a file the script wrote, or from a line it printed. */
export type MetricSource = 'hook' | 'file' | 'print';

export type Direction = 'maximize' | 'minimize';

/** What a script is judged by. `name` is canonical: accuracy, f1, roc_auc, r2, mse, mae, loss, … */
export interface Metric {
  readonly name: string;
  readonly data: MetricData;
  readonly source: MetricSource;
  readonly direction: Direction;
}

/** A line of the source that a conclusion rests on. `line` counts from 1 (in a notebook, within its cell). */
export interface Evidence {
  readonly line: number;
  readonly text: string;
  readonly cell?: number;
}

/** A use of something that a release of its library took out: the script was written for an older one. */
export interface ApiNeed {
  /** Installed name: `scikit-learn`. */
  readonly package: string;
  /** The release that no longer has it: anything below will do. */
  readonly below: string;
  /** What is used, as a person names it: `fit_generator`. */
  readonly api: string;
  /** Whether Hone can give the old name back in a release that lacks it, with the meaning that it had. */
  readonly restorable: boolean;
  /** The file that uses it, relative to the folder, with `/`. */
  readonly path: string;
  readonly evidence: Evidence;
}

/**
 * What reading one Python file or notebook found out. `path` is relative to the folder, with `/`. `image` is the
 * repository of the image that fits (`hone/keras`), null where nothing trains. `reason` says in one sentence why it
 * does, or does not, train.
 */
export interface Script {
  readonly path: string;
  readonly trains: boolean;
  readonly runsDirectly: boolean;
  readonly framework: Framework;
  readonly family: Family;
  readonly task: Task;
  readonly metric: Metric | null;
  readonly image: string | null;
  readonly evidence: readonly Evidence[];
  readonly reason: string;
  /** The first line that needs the network when it runs: a data set, pretrained weights, an address. */
  readonly fetches: Evidence | null;
  /** Files and folders that the code names, as it spells them. */
  readonly paths: readonly string[];
  /** Top-level names of the modules it imports, its own folder's included, sorted. */
  readonly imports: readonly string[];
  /** The files that it was read from, relative to the folder, with `/`: itself, modules of the folder, settings that it loads. */
  readonly files: readonly string[];
  /** What it uses that newer releases of its libraries no longer have. */
  readonly needs: readonly ApiNeed[];
}
