import type { Call, Value } from '../python/flow/Value.ts';

/** All calls whose results go into some values, directly or through other calls, containers and objects. */
export function reachable(roots: readonly Value[]): ReadonlySet<Call> {
  const calls = new Set<Call>();
  const seen = new Set<Value>();
  const open: Value[] = [...roots];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (seen.has(value)) continue;
    seen.add(value);
    if (value.kind === 'result' && !calls.has(value.call)) {
      calls.add(value.call);
      open.push(value.call.callee, ...value.call.args.map((argument) => argument.value));
    }
    open.push(...partsOf(value));
  }
  return calls;
}

/** The values that a value directly holds or is taken from. */
function partsOf(value: Value): readonly Value[] {
  switch (value.kind) {
    case 'choice':
      return value.options;
    case 'sequence':
      return value.items;
    case 'dict':
      return [...value.entries.values(), ...value.rest];
    case 'member':
      return [value.object];
    case 'item':
      return [value.of];
    case 'derived':
      return value.from;
    case 'object':
      return [...value.attributes.values()];
    default:
      return [];
  }
}
