import type { Assignment, HyperparameterValue } from '../../space/Assignment.ts';
import type { Dimension } from '../SearchPlan.ts';
import { fitInto } from './stepValues.ts';

/** Learning rates that the libraries give their optimizers (Keras 3; of SGD a usual one). */
const USUAL_RATES: Readonly<Record<string, number>> = {
  sgd: 0.01,
  adam: 0.001,
  adamw: 0.001,
  nadam: 0.001,
  adamax: 0.001,
  rmsprop: 0.001,
  adagrad: 0.01,
};

/** A rate that suited one optimizer says nothing of another: it goes back to what is usual there. Empty where the change is no optimizer. */
export function resetRate(dimensions: readonly Dimension[], { name }: Dimension, value: HyperparameterValue): Assignment {
  const usual = name === 'optimizer' && typeof value === 'string' ? USUAL_RATES[value] : undefined;
  if (usual === undefined) return {};
  const rates = dimensions.filter((dimension) => dimension.name === 'learning_rate' && typeof dimension.value === 'number');
  return Object.fromEntries(rates.map((dimension) => [dimension.id, fitInto(dimension, usual)]));
}
