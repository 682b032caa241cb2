import type { Training } from './findTrainings.ts';

/** The repository of the image that has what all trainings of a script need; null where there are none. */
export function imageFor(trainings: readonly Training[]): string | null {
  const frameworks = new Set(trainings.map((training) => training.framework));
  if (frameworks.size === 0) return null;
  if (frameworks.has('keras')) return 'hone/keras';
  if (frameworks.has('pytorch')) return 'hone/pytorch';
  if (frameworks.has('xgboost') || frameworks.has('lightgbm') || frameworks.has('catboost')) return 'hone/boosting';
  return frameworks.has('sklearn') ? 'hone/sklearn' : 'hone/keras';
}
