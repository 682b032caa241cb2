/** What is known of a framework's optimizers. */
export interface OptimizerTable {
  /** Argument name to canonical name, for settings that can be tuned. */
  readonly settings: Readonly<Record<string, string>>;
  readonly positions: Readonly<Record<string, number>>;
  /** Arguments that all of them take. */
  readonly common: readonly string[];
  /** Arguments that each takes besides. */
  readonly accepts: Readonly<Record<string, readonly string[]>>;
  /** Those worth trying instead of another. */
  readonly choices: readonly string[];
}

const BETAS = ['beta_1', 'beta_2', 'epsilon'];

/** Source: https://keras.io/api/optimizers/ (Keras 3) and Keras 2's `lr` and `decay`. */
export const KERAS_OPTIMIZERS: OptimizerTable = {
  settings: {
    learning_rate: 'learning_rate',
    lr: 'learning_rate',
    momentum: 'momentum',
    decay: 'decay',
    weight_decay: 'weight_decay',
  },
  positions: { learning_rate: 0, lr: 0 },
  common: ['learning_rate', 'lr', 'decay', 'weight_decay', 'clipnorm', 'clipvalue', 'name'],
  accepts: {
    SGD: ['momentum', 'nesterov'],
    RMSprop: ['rho', 'momentum', 'epsilon', 'centered'],
    Adam: [...BETAS, 'amsgrad'],
    AdamW: [...BETAS, 'amsgrad'],
    Nadam: BETAS,
    Adamax: BETAS,
    Adagrad: ['epsilon'],
    Adadelta: ['rho', 'epsilon'],
    Ftrl: [],
    Lion: [],
    GradientDescent: [],
    Momentum: ['momentum'],
  },
  choices: ['SGD', 'RMSprop', 'Adam', 'Nadam'],
};

const ADAM = ['betas', 'eps', 'amsgrad'];

/** Source: https://docs.pytorch.org/docs/stable/optim.html (2.9). */
export const TORCH_OPTIMIZERS: OptimizerTable = {
  settings: { lr: 'learning_rate', momentum: 'momentum', weight_decay: 'weight_decay' },
  positions: { params: 0, lr: 1, momentum: 2 },
  common: ['params', 'lr', 'weight_decay'],
  accepts: {
    SGD: ['momentum', 'dampening', 'nesterov'],
    Adam: ADAM,
    AdamW: ADAM,
    NAdam: ['betas', 'eps'],
    RAdam: ['betas', 'eps'],
    Adamax: ['betas', 'eps'],
    RMSprop: ['alpha', 'eps', 'momentum', 'centered'],
    Adagrad: ['lr_decay'],
    Adadelta: ['rho', 'eps'],
    ASGD: [],
    Rprop: [],
    LBFGS: [],
  },
  choices: ['SGD', 'RMSprop', 'Adam', 'AdamW'],
};
