import type { HyperparameterValue } from '../../space/Assignment.ts';
import type { Dimension } from '../SearchPlan.ts';

/** Where to go from the current value: times a factor, or to a value. */
export type Step = { readonly times: number } | { readonly to: HyperparameterValue };

/** How an expert goes about a hyperparameter. */
export interface Advice {
  /** Lower is tried earlier. */
  readonly priority: number;
  /** The most promising first. */
  readonly steps: readonly Step[];
  /** What it does to a model that fits its training data too closely: more of it helps, or less. */
  readonly againstOverfitting: 'more' | 'less' | null;
  /** True for what makes training longer. */
  readonly prolongs: boolean;
}

const times = (...factors: readonly number[]): readonly Step[] => factors.map((factor) => ({ times: factor }));
const to = (...values: readonly HyperparameterValue[]): readonly Step[] => values.map((value) => ({ to: value }));
const advice = (priority: number, steps: readonly Step[], parts: Partial<Advice> = {}): Advice => ({
  priority,
  steps,
  againstOverfitting: null,
  prolongs: false,
  ...parts,
});
const regularizer = (priority: number, steps: readonly Step[]): Advice => advice(priority, steps, { againstOverfitting: 'more' });
const capacity = (priority: number, steps: readonly Step[]): Advice => advice(priority, steps, { againstOverfitting: 'less' });
const duration = (priority: number, steps: readonly Step[]): Advice => advice(priority, steps, { prolongs: true });

const RATE = advice(10, times(10, 0.1, 3, 1 / 3));
const SIZE = capacity(30, times(4, 0.25, 2));
const SHARE = regularizer(60, to(0.8, 0.6));

/** By canonical name, as practice has it: the learning rate before all else, then what sets the model's capacity, then the rest. */
const ADVICE: Readonly<Record<string, Advice>> = {
  learning_rate: RATE,
  learning_rate_init: RATE,
  eta0: RATE,
  eta: advice(12, times(3, 1 / 3)),
  gamma: capacity(14, times(0.1, 10)),
  C: capacity(16, times(10, 0.1)),
  n_neighbors: regularizer(18, times(0.5, 2, 4)),
  alpha: regularizer(20, times(0.1, 10)),
  n_estimators: duration(26, times(4, 2)),
  iterations: duration(26, times(4, 2)),
  num_boost_round: duration(26, times(4, 2)),
  max_iter: duration(50, times(4)),
  epochs: duration(55, times(3, 2)),
  max_depth: capacity(24, times(2, 0.5, 3)),
  depth: capacity(24, times(1.5, 0.6)),
  num_leaves: capacity(24, times(4, 0.25)),
  min_samples_leaf: regularizer(45, times(0.25, 4)),
  min_samples_split: regularizer(46, times(0.25, 4)),
  kernel: advice(22, []),
  optimizer: advice(40, to('adam')),
  units: SIZE,
  filters: { ...SIZE, priority: 28 },
  out_channels: { ...SIZE, priority: 28 },
  hidden: SIZE,
  hidden_layer_sizes: { ...SIZE, steps: [] },
  dropout: regularizer(32, to(0.2, 0, 0.4)),
  batch_size: advice(35, times(0.25, 4, 0.5)),
  weight_decay: regularizer(48, times(0.1, 10)),
  l1: regularizer(48, times(0.1, 10)),
  l2: regularizer(48, times(0.1, 10)),
  reg_alpha: regularizer(52, times(0.1, 10)),
  reg_lambda: regularizer(52, times(0.1, 10)),
  min_child_weight: regularizer(52, times(0.25, 4)),
  momentum: advice(58, to(0.9, 0.95)),
  subsample: SHARE,
  bagging_fraction: SHARE,
  colsample_bytree: SHARE,
  feature_fraction: SHARE,
  kernel_size: advice(65, []),
  activation: advice(68, []),
  pool_size: advice(72, []),
  strides: advice(74, []),
};

const STRUCTURE = advice(63, []);

/** For names of which nothing is known: to both sides. */
const OTHER = advice(62, times(4, 0.25));

/** What to do about a dimension. A scaler comes first: without it half of the models never had a chance. */
export function adviceFor({ id, name, group }: Pick<Dimension, 'id' | 'name' | 'group'>): Advice {
  if (group === 'scaling') return advice(8, to(1, 0));
  // How many layers there are comes when their sizes are settled.
  if (id.startsWith('structure.')) return STRUCTURE;
  return ADVICE[name] ?? (group === 'architecture' ? { ...OTHER, priority: 64 } : OTHER);
}
