import { argumentOf, optionsOf, type Call } from '../python/flow/Value.ts';
import type { Site } from './Site.ts';

/** Optimizers that `compile` is given by name. */
export function compileSites(calls: readonly Call[]): Site[] {
  return calls.flatMap((call): Site[] => {
    if (call.callee.kind !== 'member' || call.name !== 'compile') return [];
    const given = argumentOf(call, 'optimizer', 0);
    if (given === null || !optionsOf(given.value).some((value) => value.kind === 'literal' && typeof value.value === 'string'))
      return [];
    return [{ name: 'optimizer', value: given.value, owner: 'compile', call, fixed: null }];
  });
}
