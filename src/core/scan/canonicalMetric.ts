import type { Direction } from './Script.ts';

/** A metric by its canonical name. */
export interface MetricName {
  readonly name: string;
  readonly direction: Direction;
}

const NAMES: readonly (readonly [RegExp, string, Direction])[] = [
  [/balanced_acc/u, 'balanced_accuracy', 'maximize'],
  [/(?:^|_)top_?(?:k|5)/u, 'top_k_accuracy', 'maximize'],
  [/(?:^|_)acc(?:uracy)?(?:$|_)|accuracy/u, 'accuracy', 'maximize'],
  [/f1|fbeta|f_score/u, 'f1', 'maximize'],
  [/average_precision|(?:^|_)map$/u, 'average_precision', 'maximize'],
  [/roc_auc|(?:^|_)auc(?:$|_)|auroc/u, 'roc_auc', 'maximize'],
  [/precision/u, 'precision', 'maximize'],
  [/recall/u, 'recall', 'maximize'],
  [/matthews/u, 'matthews_correlation', 'maximize'],
  [/kappa/u, 'cohen_kappa', 'maximize'],
  [/jaccard|(?:^|_)iou(?:$|_)|mean_io_u|mean_iou/u, 'iou', 'maximize'],
  [/dice/u, 'dice', 'maximize'],
  [/(?:^|_)r2(?:$|_)|r2_?score|r_squared/u, 'r2', 'maximize'],
  [/explained_variance/u, 'explained_variance', 'maximize'],
  [/silhouette/u, 'silhouette', 'maximize'],
  [/adjusted_rand/u, 'adjusted_rand', 'maximize'],
  [/root_mean_squared|(?:^|_)rmse(?:$|_)/u, 'rmse', 'minimize'],
  [/mean_squared_log|msle/u, 'msle', 'minimize'],
  [/mean_squared|(?:^|_)mse(?:$|_)/u, 'mse', 'minimize'],
  [/percentage|(?:^|_)mape(?:$|_)/u, 'mape', 'minimize'],
  [/mean_absolute|median_absolute|(?:^|_)mae(?:$|_)|^l1$/u, 'mae', 'minimize'],
  [/log_?loss|cross_?entropy/u, 'log_loss', 'minimize'],
  [/perplexity/u, 'perplexity', 'minimize'],
  [/(?:^|_)error(?:$|_)/u, 'error', 'minimize'],
  [/loss/u, 'loss', 'minimize'],
];

/** The metric that a word of code or output names, `CategoricalAccuracy` or `val_acc`; null where it names none. */
export function canonicalMetric(word: string): MetricName | null {
  const spelled = word
    .replace(/([a-z0-9])(?=[A-Z])/gu, '$1_')
    .toLowerCase()
    .replace(/[\s-]+/gu, '_');
  const negated = spelled.replace(/^neg_/u, '');
  for (const [pattern, name, direction] of NAMES) {
    if (pattern.test(negated)) return { name, direction: spelled === negated ? direction : 'maximize' };
  }
  return null;
}

const ORDER = ['accuracy', 'balanced_accuracy', 'f1', 'roc_auc', 'r2', 'rmse', 'mse', 'mae'];

/** The lower, the sooner a script is judged by it. */
export function metricRank(name: string): number {
  const index = ORDER.indexOf(name);
  return index === -1 ? ORDER.length : index;
}
