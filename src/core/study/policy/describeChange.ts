import type { HyperparameterValue } from '../../space/Assignment.ts';
import type { Dimension } from '../SearchPlan.ts';

/** A change in a few words: `learning_rate × 10`, `optimizer sgd`. */
export function describeChange({ id, name }: Dimension, from: HyperparameterValue, to: HyperparameterValue): string {
  const subject = id.includes('[') ? id.replace(/^layers\./, '') : name;
  if (typeof from === 'number' && typeof to === 'number' && from > 0 && to > 0) {
    const factor = to / from;
    const [sign, size] = factor > 1 ? ['×', factor] : ['÷', 1 / factor];
    const rounded = Number(size.toPrecision(3));
    if (Math.abs(rounded - Math.round(rounded)) < 0.05 && rounded >= 2) return `${subject} ${sign} ${Math.round(rounded)}`;
  }
  return `${subject} ${typeof to === 'string' ? to : JSON.stringify(to)}`;
}
