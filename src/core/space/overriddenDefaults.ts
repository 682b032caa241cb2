import type { Call } from '../python/flow/Value.ts';
import { keyOf } from './Site.ts';
import { gridOf, isSearch, lastPart } from './searchGrid.ts';
import { reachable } from './reachable.ts';

/** Defaults of functions that build a model, where a search gives those parameters itself: the keys of their places. */
export function overriddenDefaults(calls: readonly Call[], trained: ReadonlySet<Call>): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const search of calls) {
    if (!trained.has(search) || !isSearch(search)) continue;
    const { estimator, grid } = gridOf(search);
    const names = new Set(grid.flatMap((dict) => [...dict.entries.keys()].map((key) => lastPart(String(key)))));
    for (const call of estimator === null ? [] : reachable([estimator])) {
      for (const { value } of call.args) {
        if (value.kind !== 'function') continue;
        for (const { name, fallback } of value.definition.parameters)
          if (fallback !== null && names.has(name)) keys.add(keyOf(fallback));
      }
    }
  }
  return keys;
}
