import type { Metric, MetricData } from '../scan/Script.ts';
import type { Numbers } from '../study/JournalEvent.ts';

/** Metrics that people speak of in percent. */
const IN_PERCENT = /(^|_)(accuracy|acc|precision|recall|sensitivity|specificity)$/;

/** Abbreviations, which are not written like words. */
const ABBREVIATIONS = ['mse', 'mae', 'rmse', 'msle', 'mape', 'iou', 'auc', 'roc', 'f1'];
const SYMBOLS = new Map([['r2', 'R²'], ...ABBREVIATIONS.map((name) => [name, name.toUpperCase()] as const)]);

const DATA_WORDS: Record<MetricData, string> = { train: 'training', validation: 'validation', test: 'test', unknown: '' };

/** True for a metric that people speak of in percent. */
export function isInPercent(name: string): boolean {
  return IN_PERCENT.test(name);
}

/** A metric's value for a person: `97.2 %` for an accuracy, else four significant digits; `not a number` where it was none. */
export function formatValue(name: string, value: number | null): string {
  if (value === null) return 'not a number';
  if (isInPercent(name) && value >= 0 && value <= 1) return `${(value * 100).toFixed(1)} %`;
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return String(value);
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-3 || size >= 1e6) ? value.toExponential(2) : String(Number(value.toPrecision(4)));
}

/** Which rows a number is of: `test`, …; empty where nobody knows. */
export function formatData(data: MetricData): string {
  return DATA_WORDS[data];
}

/** A metric's name as people write it: `balanced accuracy`, `val MSE`, `R²`. */
export function formatName(name: string): string {
  return name
    .split('_')
    .map((word) => SYMBOLS.get(word.toLowerCase()) ?? word)
    .join(' ');
}

/** `14 s`, `3 min 20 s`, `2 h 5 min`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return whole % 60 === 0 ? `${whole / 60} min` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(whole / 60);
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `640 B`, `12 kB`, `3.4 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1e6) return `${Math.round(bytes / 1000)} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

/** The number of an epoch that says most about how it goes: the study's own metric on validation data, else an accuracy, else a loss. */
export function headline(
  numbers: Numbers,
  metric: Metric | null,
): { readonly name: string; readonly value: number | null } | null {
  const own = metric === null ? [] : [`val_${metric.name}`, metric.name];
  const usual = ['val_accuracy', 'val_acc', 'accuracy', 'acc', 'val_loss', 'loss'];
  const name = [...own, ...usual, ...Object.keys(numbers)].find((candidate) => candidate in numbers);
  return name === undefined ? null : { name, value: numbers[name] ?? null };
}
