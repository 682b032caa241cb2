/**
 * A target as people write it: `95`, `95%` and `0.95` are one for a metric bounded by 1.
 * @param text what was typed, or a number from hone.yaml
 * @returns the target, or null where the text is no number or lies outside 0..100
 */
export function parseTarget(text: string | number, bounded: boolean): number | null {
  const match = /^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(%?)\s*$/i.exec(String(text));
  if (match === null) return null;
  const value = Number(match[1]);
  if (!bounded) return match[2] === '%' ? null : value;
  // 1.5 is neither a share nor likely to be a percentage: the slip of somebody who meant 0.95 or 95.
  if (match[2] !== '%' && value > 1 && value < 2) return null;
  const fraction = match[2] === '%' || value > 1 ? Number((value / 100).toPrecision(12)) : value; // 99.9 / 100 is 0.9990000000000001.
  return fraction > 0 && fraction <= 1 ? fraction : null;
}

const BOUNDED = new Set([
  'accuracy',
  'balanced_accuracy',
  'top_5_accuracy',
  'f1',
  'precision',
  'recall',
  'roc_auc',
  'pr_auc',
  'average_precision',
  'jaccard',
  'r2',
  'auc',
  'specificity',
  'sensitivity',
]);

/** Whether a metric's best possible value is 1, so that people may speak of it in percent. */
export function isBounded(metricName: string): boolean {
  return BOUNDED.has(metricName);
}
