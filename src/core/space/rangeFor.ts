import type { HyperparameterValue } from './Assignment.ts';
import { estimatorChoices } from './estimatorChoices.ts';
import type { Origin } from './Origin.ts';
import { choicesFor, numberRule, type NumberRule } from './rangeTable.ts';
import type { SearchRange } from './SearchSpace.ts';
import type { Site } from './Site.ts';

/** Where to search around the user's value; null where nothing is known to search. The value itself is always within. */
export function rangeFor(site: Site, { value, texts }: Origin): SearchRange | null {
  if (texts !== undefined) return categorical(value, Object.keys(texts));
  const choices = estimatorChoices(site.call, site.name, value) ?? choicesFor(site.name, value);
  if (choices !== null) return categorical(value, choices);
  if (typeof value === 'boolean') return categorical(value, [true, false]);
  if (Array.isArray(value)) return categorical(value, listChoices(site, value as readonly HyperparameterValue[]));
  if (typeof value === 'number' && Number.isFinite(value)) return numeric(value, numberRule(ruleName(site), value));
  return typeof value === 'string' ? categorical(value, []) : null;
}

/** A boosting library's rate is a share, at most 1; SGD's is not. */
function ruleName({ name, owner }: Site): string {
  return name === 'learning_rate' && /^(?:XGB|LGBM|CatBoost|GradientBoosting|HistGradientBoosting|params$)/u.test(owner)
    ? 'eta'
    : name;
}

function categorical(value: HyperparameterValue, others: readonly HyperparameterValue[]): SearchRange {
  // Keras takes `Adam` and `adam` for one.
  const key = (choice: HyperparameterValue): string => JSON.stringify(choice).toLowerCase();
  const choices = new Map([...others, value].map((choice) => [key(choice), choice]));
  choices.delete(key(value));
  return { kind: 'categorical', choices: [value, ...choices.values()] };
}

function listChoices(site: Site, values: readonly HyperparameterValue[]): HyperparameterValue[] {
  const sizes = site.name === 'hidden_layer_sizes' && site.value.kind === 'sequence';
  if (!sizes || !values.every((size) => typeof size === 'number')) return narrowed(values);
  return [0.5, 2, 4].map((factor) => values.map((size) => Math.max(1, Math.round(size * factor))));
}

/** A list that is looped over is tried whole or one item at a time. */
function narrowed(values: readonly HyperparameterValue[]): HyperparameterValue[] {
  return values.length > 1 ? values.map((item) => [item]) : [];
}

function numeric(value: number, rule: NumberRule): SearchRange {
  const round = (bound: number): number => (rule.kind === 'int' ? Math.round(bound) : Number(bound.toPrecision(6)));
  const positive = value > 0;
  const low = round(positive && rule.factor < Infinity ? Math.max(rule.least, value / rule.factor) : rule.least);
  const high = round(positive ? Math.min(rule.most, value * rule.factor) : rule.fallback);
  return { kind: rule.kind, low: Math.min(low, value), high: Math.max(high, value), log: rule.log && Math.min(low, value) > 0 };
}
