import type { HyperparameterValue } from '../../space/Assignment.ts';
import type { Dimension } from '../SearchPlan.ts';
import { adviceFor, type Step } from './expertAdvice.ts';

/** Values to go to from the current one, the most promising first, all within the range and none that is the current one. */
export function stepValues(dimension: Dimension, current: HyperparameterValue): readonly HyperparameterValue[] {
  const { range } = dimension;
  const { steps } = adviceFor(dimension);
  if (range.kind === 'categorical') return distinct([...wanted(steps, range.choices), ...range.choices], current);
  if (typeof current !== 'number') return [];
  const { low, high } = range;
  const counts = range.kind === 'int' && high - low <= 3;
  const ends: readonly number[] = counts ? [current + 1, current - 1] : current === 0 ? [(low + high) / 2, high] : [];
  const values = [...steps.map((step) => numberAt(step, current)), ...ends].filter((value) => value !== null);
  return distinct(
    values.map((value) => fitInto(dimension, value)).filter((value) => isFar(value, current)),
    current,
  );
}

/** The nearest value that a dimension can have; of a float, as many digits as a person would write. */
export function fitInto({ range }: Dimension, value: number): number {
  if (range.kind === 'categorical') return value;
  const { kind, low, high } = range;
  const rounded = kind === 'int' ? Math.round(value) : Number(value.toPrecision(3));
  return Math.min(high, Math.max(low, rounded));
}

function numberAt(step: Step, current: number): number | null {
  if ('times' in step) return current === 0 ? null : current * step.times;
  return typeof step.to === 'number' ? step.to : null;
}

/** A step that the range's end made short says too little. */
function isFar(value: number, current: number): boolean {
  return Math.abs(value - current) > 0.15 * Math.max(Math.abs(value), Math.abs(current));
}

function wanted(steps: readonly Step[], choices: readonly HyperparameterValue[]): readonly HyperparameterValue[] {
  return steps.flatMap((step) => ('to' in step && choices.includes(step.to) ? [step.to] : []));
}

function distinct(values: readonly HyperparameterValue[], current: HyperparameterValue): readonly HyperparameterValue[] {
  const texts = new Map(values.map((value) => [JSON.stringify(value), value]));
  texts.delete(JSON.stringify(current));
  return [...texts.values()];
}
