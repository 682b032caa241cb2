import type { HyperparameterValue } from '../space/Assignment.ts';
import type { SearchRange } from '../space/SearchSpace.ts';

/** Whether a range has a value; a developer's own range need not have that of the script. */
export function isWithin(range: SearchRange, value: HyperparameterValue): boolean {
  if (range.kind === 'categorical') return range.choices.some((choice) => JSON.stringify(choice) === JSON.stringify(value));
  return typeof value === 'number' && value >= range.low && value <= range.high;
}
