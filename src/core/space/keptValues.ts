import { rangeOf, type SourceRange } from '../python/SourceRange.ts';
import type { Call, CallArgument } from '../python/flow/Value.ts';
import { canonicalPath } from '../scan/canonicalPath.ts';
import { madeBy } from '../scan/findTrainings.ts';
import type { HyperparameterValue } from './Assignment.ts';
import { CHORES, KEPT } from './keptArguments.ts';
import type { Origin } from './Origin.ts';
import type { Origins } from './Origins.ts';
import type { FixedValue, SearchSpace } from './SearchSpace.ts';

/** More of them would hide those that matter. */
const MOST = 15;

/** Numbers that look tunable and belong to the data or to how the result is measured; never what is tuned or fixed already. */
export function keptValues(
  calls: readonly Call[],
  origins: Origins,
  { hyperparameters, fixed }: Pick<SearchSpace, 'hyperparameters' | 'fixed'>,
): FixedValue[] {
  const known = new Set([...hyperparameters.flatMap(({ edits }) => edits), ...fixed].map(placeOf));
  const found = new Map<string, FixedValue>();
  for (const call of calls) {
    for (const { name, given, reason } of keptIn(call)) {
      for (const origin of origins.of(given.value)) {
        const value = { name, value: origin.value, ...rangeOf(origin.node), reason };
        const place = placeOf(value);
        if (!isNumeric(origin.value) || isPart(origin, origins) || known.has(place) || found.has(place)) continue;
        found.set(place, value);
      }
    }
  }
  return [...found.values()].slice(0, MOST);
}

function keptIn(call: Call): { name: string; given: CallArgument; reason: string }[] {
  const path = pathOf(call);
  return KEPT.filter((kept) => kept.path.test(path)).flatMap(({ names, all = false, reason }) =>
    call.args.flatMap((given, index) => {
      const name = given.keyword ?? Object.keys(names).find((known) => names[known] === index);
      const counts = name !== undefined && (name in names || (all && !CHORES.test(name)));
      return counts && given.splat === 0 ? [{ name, given, reason }] : [];
    }),
  );
}

/** The full name of what is called, a method's behind the name of what made its object; '' where it is none of a library's. */
function pathOf({ callee }: Call): string {
  if (callee.kind === 'external') return canonicalPath(callee.path);
  const made = callee.kind === 'member' ? madeBy(callee.object) : '';
  return made === '' || callee.kind !== 'member' ? '' : `${made}.${callee.name}`;
}

/** Numbers, and shapes of them, in which a part may be open. */
function isNumeric(value: HyperparameterValue): boolean {
  if (!Array.isArray(value)) return typeof value === 'number';
  const parts = value as readonly HyperparameterValue[];
  return parts.some(isNumeric) && parts.every((part) => part === null || isNumeric(part));
}

/** Whether a number is but a part of a shape of which the rest has names: the 1 of `(height, width, 1)`. */
function isPart({ node }: Origin, { parents }: Origins): boolean {
  const around = parents.of(node);
  return around !== null && 'kind' in around && around.kind === 'sequence' && parents.variableOf(node) === null;
}

function placeOf({ path, cell, start, end }: SourceRange): string {
  return `${path}:${cell ?? ''}:${start}:${end}`;
}
