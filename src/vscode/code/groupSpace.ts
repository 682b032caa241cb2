import type { Hyperparameter, SearchSpace } from '../../core/space/SearchSpace.ts';
import { describeOwner, describeValue, ownerOf } from './describeHyperparameter.ts';

/** Hyperparameters that belong together: of a layer, an estimator, the optimizer, the training. */
export interface SpaceGroup {
  readonly label: string;
  readonly values: readonly Hyperparameter[];
}

/** What comes after the model, in this order. */
const LAST = ['Optimizer', 'Learning Rate Schedule', 'Training'];

/** The groups of a space in the order of the text, the model's before those of its training. */
export function groupSpace({ hyperparameters }: SearchSpace): SpaceGroup[] {
  const groups = new Map<string, Hyperparameter[]>();
  for (const hyperparameter of hyperparameters) {
    const label = describeOwner(ownerOf(hyperparameter));
    const known = groups.get(label);
    if (known === undefined) groups.set(label, [hyperparameter]);
    else known.push(hyperparameter);
  }
  return [...groups].map(([label, values]) => ({ label, values })).sort((a, b) => LAST.indexOf(a.label) - LAST.indexOf(b.label));
}

/** The values of a group at a glance: `filters 8, kernel_size 3, …`. */
export function summarizeGroup({ values }: SpaceGroup): string {
  const shown = values.slice(0, 3).map(({ name, value }) => `${name} ${shorten(describeValue(value))}`);
  return values.length > shown.length ? `${shown.join(', ')}, …` : shown.join(', ');
}

/** A text that fits a row. */
export function shorten(text: string, length = 28): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
