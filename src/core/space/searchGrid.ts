import { argumentOf, optionsOf, type Call, type DictValue, type Value } from '../python/flow/Value.ts';
import { canonicalPath } from '../scan/canonicalPath.ts';

/** Whether a call makes a search over a grid. */
export function isSearch(call: Call): boolean {
  return (
    call.callee.kind === 'external' &&
    /(?:Search|SearchCV)$/u.test(call.name) &&
    /^(?:sklearn|skopt|tune_sklearn|dask_ml|imblearn)\b/u.test(canonicalPath(call.callee.path))
  );
}

/** What a search tries, and on what. */
export function gridOf(search: Call): { readonly estimator: Value | null; readonly grid: readonly DictValue[] } {
  const grid =
    ['param_grid', 'param_distributions', 'search_spaces', 'param_space']
      .map((name) => argumentOf(search, name))
      .find((given) => given !== null) ?? argumentOf(search, '', 1);
  return {
    estimator: argumentOf(search, 'estimator', 0)?.value ?? null,
    grid: grid === null ? [] : dictsIn(grid.value),
  };
}

/** The argument that a key such as `model__C` stands for. */
export function lastPart(key: string): string {
  return key.slice(key.lastIndexOf('__') + (key.includes('__') ? 2 : 1));
}

/** The dictionaries that a value may be, or has in a list. */
export function dictsIn(value: Value): DictValue[] {
  return optionsOf(value).flatMap((option) => {
    if (option.kind === 'dict') return [option];
    return option.kind === 'sequence' ? option.items.flatMap(dictsIn) : [];
  });
}
