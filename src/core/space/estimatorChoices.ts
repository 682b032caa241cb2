import { argumentOf, type Call } from '../python/flow/Value.ts';
import type { HyperparameterValue } from './Assignment.ts';

type Choices = readonly HyperparameterValue[];

const TREES = /^(?:DecisionTree|ExtraTree|ExtraTrees|RandomForest)/u;
const OWN: Choices = [];

/**
 * What else a word or a switch that an estimator is given may be: only what fits each value that the other arguments may take. Nothing but
 * the user's own where another choice would have to come with a change elsewhere; null where the estimator says nothing.
 * Sources: the parameter tables of scikit-learn 1.7, XGBoost 3 and LightGBM 4.
 */
export function estimatorChoices(call: Call, name: string, value: HyperparameterValue): Choices | null {
  const owner = call.callee.kind === 'external' ? call.name : '';
  if (typeof value === 'boolean') return switches(call, name);
  if (typeof value !== 'string') return null;
  if (owner.startsWith('MLP')) return ofPerceptron(name);
  if (/^(?:LogisticRegression|LinearSV[CR]|RidgeClassifier|Ridge|SGD\w+|Perceptron)$/u.test(owner))
    return ofLinear(call, name, value);
  if (/^(?:Nu)?SV[CR]$/u.test(owner)) return ofKernelMachine(name, value);
  if (TREES.test(owner) || owner.startsWith('GradientBoosting')) return ofTrees(owner, name, value);
  if (owner.startsWith('XGB') || owner.startsWith('LGBM') || name === 'boosting_type' || name === 'booster')
    return ofBoosting(call, name, value);
  if (owner.startsWith('KNeighbors') && name === 'metric' && value !== 'precomputed')
    return ['minkowski', 'euclidean', 'manhattan'];
  return null;
}

/** Switches that only go together with other arguments stay. */
function switches(call: Call, name: string): Choices | null {
  if (name === 'dual' || name === 'positive' || name === 'normalize') return OWN;
  const bound =
    name === 'bootstrap' && ['oob_score', 'max_samples', 'class_weight'].some((other) => argumentOf(call, other) !== null);
  return bound ? OWN : null;
}

/** Momentum and its kin are ignored by the solvers that have no use for them. */
function ofPerceptron(name: string): Choices {
  if (name === 'activation') return ['relu', 'tanh', 'logistic'];
  return name === 'solver' ? ['adam', 'sgd'] : OWN;
}

/** A penalty decides which solvers there are, so the penalty stays and the solver moves among its own. */
function ofLinear(call: Call, name: string, value: string): Choices {
  if (name === 'class_weight') return [null];
  if (name !== 'solver') return OWN;
  if (call.name === 'Ridge' || call.name === 'RidgeClassifier')
    return argumentOf(call, 'positive') === null ? ['auto', 'lsqr'] : OWN;
  const penalty = argumentOf(call, 'penalty', 0)?.value;
  const ridge = penalty === undefined || (penalty.kind === 'literal' && (penalty.value === 'l2' || penalty.value === null));
  // liblinear has its own ways with several classes and with the intercept.
  return ridge && value !== 'liblinear' && argumentOf(call, 'dual') === null ? ['lbfgs', 'newton-cg', 'sag', 'saga'] : OWN;
}

/** Every kernel takes `degree` and `gamma`, and ignores what it has no use for. */
function ofKernelMachine(name: string, value: string): Choices {
  if (name === 'kernel') return value === 'precomputed' ? OWN : ['linear', 'poly', 'rbf', 'sigmoid'];
  if (name === 'gamma') return ['scale', 'auto'];
  return name === 'class_weight' ? [null] : OWN;
}

function ofTrees(owner: string, name: string, value: string): Choices {
  if (name === 'max_features') return ['sqrt', 'log2', null];
  if (name === 'splitter') return ['best', 'random'];
  if (name === 'class_weight') return [null, 'balanced'];
  if (name !== 'criterion') return OWN;
  if (owner.startsWith('GradientBoosting'))
    return /^(?:friedman_mse|squared_error)$/u.test(value) ? ['friedman_mse', 'squared_error'] : OWN;
  if (owner.endsWith('Classifier')) return ['gini', 'entropy'];
  return value === 'squared_error' || value === 'friedman_mse' ? ['squared_error', 'friedman_mse'] : OWN;
}

/** Some ways to grow a tree want a certain way to find its splits; a random forest wants bagging. */
function ofBoosting(call: Call, name: string, value: string): Choices {
  if (name === 'tree_method') {
    const bound = ['grow_policy', 'max_leaves', 'enable_categorical'].some((other) => argumentOf(call, other) !== null);
    return bound || value === 'gpu_hist' ? OWN : ['hist', 'approx'];
  }
  if (name === 'booster') return value === 'gblinear' ? OWN : ['gbtree', 'dart'];
  return (name === 'boosting_type' || name === 'boosting') && value !== 'rf' ? ['gbdt', 'dart'] : OWN;
}
