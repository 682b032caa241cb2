import { argumentOf, type Call } from '../python/flow/Value.ts';
import { canonicalPath } from '../scan/canonicalPath.ts';
import type { Site } from './Site.ts';

/** How strong each of Keras' regularizers is, by the names of its arguments. Source: https://keras.io/api/layers/regularizers/. */
const STRENGTHS: Readonly<Record<string, readonly string[]>> = {
  l1: ['l1'],
  l2: ['l2'],
  L1: ['l1'],
  L2: ['l2'],
  l1_l2: ['l1', 'l2'],
  l1l2: ['l1', 'l2'],
  L1L2: ['l1', 'l2'],
};

/** The strengths of the regularizers that layers are given. `used` are the calls whose results go anywhere. */
export function regularizerSites(calls: readonly Call[], used: ReadonlySet<Call>): Site[] {
  return calls.flatMap((call) => {
    if (call.callee.kind !== 'external' || !used.has(call)) return [];
    if (!canonicalPath(call.callee.path).startsWith('keras.regularizers.')) return [];
    const names = STRENGTHS[call.name] ?? [];
    return names.flatMap((name, index): Site[] => {
      const given = argumentOf(call, name) ?? argumentOf(call, 'l', index);
      return given === null ? [] : [{ name, value: given.value, owner: 'regularizer', call, fixed: null }];
    });
  });
}
