import type { SearchRange, SearchSpace } from '../space/SearchSpace.ts';
import { isWithin } from './isWithin.ts';
import type { Dimension, DimensionGroup, Place } from './SearchPlan.ts';

const GROUPS: Readonly<Record<Exclude<DimensionGroup, 'architecture' | 'scaling'>, readonly string[]>> = {
  training: [
    ...['learning_rate', 'learning_rate_init', 'eta', 'eta0', 'batch_size', 'epochs', 'lr_gamma', 'lr_step_size'],
    ...['max_iter', 'n_estimators', 'num_boost_round', 'iterations', 'n_iter', 'early_stopping_rounds'],
  ],
  optimizer: ['optimizer', 'momentum', 'nesterov', 'rho', 'beta_1', 'beta_2', 'epsilon', 'decay', 'solver'],
  regularization: [
    ...['dropout', 'recurrent_dropout', 'weight_decay', 'l1', 'l2', 'C', 'alpha', 'l1_ratio', 'penalty', 'gamma'],
    ...['reg_alpha', 'reg_lambda', 'lambda', 'subsample', 'colsample_bytree', 'bagging_fraction', 'feature_fraction'],
    ...['min_samples_leaf', 'min_samples_split', 'min_child_weight', 'min_child_samples', 'max_features', 'ccp_alpha'],
  ],
};

/** The axes of a search over a space: its hyperparameters, then its structural edits. Values that leave no choice are no axes. */
export function dimensionsOf({ hyperparameters, structure }: SearchSpace): readonly Dimension[] {
  const values = hyperparameters.map(({ id, name, value, range, setting, edits }): Dimension => {
    const places = edits.map(placeOf);
    return { id, name, group: groupOf(name), value, range, own: setting !== undefined, places };
  });
  const counts = structure.map(({ id, name, value, min, max, path, line, cell }): Dimension => {
    const places = [placeOf({ path, line, cell })];
    const group = name === 'scaler' ? 'scaling' : 'architecture';
    return { id, name, group, value, range: { kind: 'int', low: min, high: max, log: false }, own: false, places };
  });
  return [...values, ...counts].filter(
    (dimension) => leavesChoice(dimension.range) || (dimension.own && !isWithin(dimension.range, dimension.value)),
  );
}

function leavesChoice(range: SearchRange): boolean {
  return range.kind === 'categorical' ? range.choices.length > 1 : range.low < range.high;
}

function placeOf({ path, line, cell }: { path: string; line: number; cell?: number | undefined }): Place {
  return { path, line, ...(cell === undefined ? {} : { cell }) };
}

function groupOf(name: string): DimensionGroup {
  for (const [group, names] of Object.entries(GROUPS)) if (names.includes(name)) return group as DimensionGroup;
  return 'architecture';
}
