import type { HyperparameterValue } from './Assignment.ts';

/** How far to search from a number. */
export interface NumberRule {
  readonly kind: 'int' | 'float';
  /** The range is value / factor to value × factor, within these bounds. */
  readonly factor: number;
  readonly least: number;
  readonly most: number;
  readonly log: boolean;
  /** The upper bound where the user's value is not positive. */
  readonly fallback: number;
}

const int = (factor: number, least = 1, most = 1e6, log = true): NumberRule => ({
  kind: 'int',
  factor,
  least,
  most,
  log,
  fallback: 16,
});
const float = (factor: number, least: number, most: number, log = true, fallback = most): NumberRule => ({
  kind: 'float',
  factor,
  least,
  most,
  log,
  fallback,
});
/** A share of something: the whole interval. */
const share = (least: number, most: number): NumberRule => float(Number.POSITIVE_INFINITY, least, most, false);

const RATE = float(10, 1e-7, 10, true, 1e-2);

/**
 * Rules by name. Widths follow the defaults of the search: ×/÷ 10 for rates, ×/÷ 4 for sizes, 3 × for epochs; bounds are those that the
 * libraries' documentation states (Keras 3, PyTorch 2.9, scikit-learn 1.7, XGBoost 3, LightGBM 4, CatBoost 1.2).
 */
const RULES: Readonly<Record<string, NumberRule>> = {
  learning_rate: RATE,
  eta: float(10, 1e-4, 1),
  learning_rate_init: RATE,
  eta0: RATE,
  decay: float(100, 1e-9, 0.1, true, 1e-4),
  weight_decay: float(10, 1e-8, 0.5, true, 1e-2),
  momentum: share(0, 0.99),
  dropout: share(0, 0.6),
  recurrent_dropout: share(0, 0.6),
  l1: float(10, 1e-8, 1, true, 1e-2),
  l2: float(10, 1e-8, 1, true, 1e-2),
  lr_gamma: share(0.1, 1),
  lr_step_size: int(3, 1, 1e4, false),
  epochs: int(3, 1),
  batch_size: int(4, 1),
  units: int(4),
  filters: int(4),
  out_channels: int(4),
  hidden: int(4),
  subsample: share(0.5, 1),
  rsm: share(0.3, 1),
  bagging_fraction: share(0.5, 1),
  feature_fraction: share(0.5, 1),
  colsample_bytree: share(0.3, 1),
  colsample_bylevel: share(0.3, 1),
  max_samples: share(0.1, 1),
  l1_ratio: share(0, 1),
  min_child_weight: float(10, 0, 100, true, 10),
  gamma: float(10, 0, 100, true, 5),
  reg_alpha: float(10, 0, 100, true, 10),
  reg_lambda: float(10, 0, 100, true, 10),
  C: float(10, 1e-6, 1e6),
  alpha: float(10, 1e-9, 1e3, true, 1),
  max_depth: int(3, 1, 64, false),
  depth: int(2, 1, 12, false),
  n_neighbors: int(4, 1, 200),
  degree: int(2, 1, 8, false),
  min_samples_split: int(4, 2),
  min_samples_leaf: int(4, 1),
  num_leaves: int(4, 2),
  max_bin: int(4, 2),
  p: int(2, 1, 5, false),
};

/** The rule for a number of a name; by the number itself where the name has none of its own. */
export function numberRule(name: string, value: number): NumberRule {
  const rule = RULES[name];
  if (rule !== undefined) return rule.kind === 'int' && !Number.isInteger(value) ? share(0, 1) : rule;
  if (Number.isInteger(value) && (value > 1 || value < 0)) return int(4);
  return value > 0.01 && value < 1 ? float(10, 0, 1, false) : float(10, 0, 1e6);
}

/** Values that stand for one another, by name. Sources: https://keras.io/api/layers/activations/ and https://keras.io/api/optimizers/. */
const CHOICES: Readonly<Record<string, readonly HyperparameterValue[]>> = {
  weights: ['uniform', 'distance'],
  activation: ['relu', 'elu', 'selu', 'tanh'],
  optimizer: ['sgd', 'rmsprop', 'adam', 'nadam'],
};

/** Choices for a value; null where a range of numbers says it better. */
export function choicesFor(name: string, value: HyperparameterValue): readonly HyperparameterValue[] | null {
  if (name === 'kernel_size' || name === 'pool_size' || name === 'strides') return shapes(name, value);
  if (typeof value !== 'string') return null;
  return CHOICES[name] ?? null;
}

function shapes(name: string, value: HyperparameterValue): readonly HyperparameterValue[] | null {
  const sides = name === 'kernel_size' ? [3, 5, 7] : name === 'pool_size' ? [2, 3] : [1, 2];
  if (typeof value === 'number') return sides;
  if (!Array.isArray(value)) return null;
  return new Set(value as readonly unknown[]).size === 1
    ? sides.map((side) => (value as readonly unknown[]).map(() => side))
    : [];
}
