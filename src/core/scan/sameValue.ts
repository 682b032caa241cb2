import type { Value } from '../python/flow/Value.ts';

const MAX_DEPTH = 12;

/** True only where two values are surely the same object when the program runs. */
export function sameValue(left: Value, right: Value, depth = 0): boolean {
  if (left.kind === 'unknown' || left.kind === 'literal' || depth > MAX_DEPTH) return false;
  if (left === right) return true;
  if (left.kind === 'member' && right.kind === 'member')
    return left.name === right.name && sameValue(left.object, right.object, depth + 1);
  if (left.kind === 'item' && right.kind === 'item')
    return left.index !== null && left.index === right.index && sameValue(left.of, right.of, depth + 1);
  return false;
}
