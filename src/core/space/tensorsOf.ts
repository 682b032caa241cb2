import type { Call, Value } from '../python/flow/Value.ts';

/** What a call may take tensors from: the object of a method, and its arguments. */
export function tensorsOf(call: Call): Value[] {
  const own = call.callee.kind === 'member' ? [call.callee.object] : [];
  return [
    ...own,
    ...call.args
      .filter(({ keyword }) => keyword === null || /^(?:inputs?|x|tensors|query|value)$/u.test(keyword))
      .map(({ value }) => value),
  ];
}

/** The items of a list, or the value alone. */
export function partsOf(value: Value): readonly Value[] {
  return value.kind === 'sequence' ? value.items : [value];
}

/** Losses and their kin: no layer's size shows in what they give. */
export function isReduction(call: Call): boolean {
  const maker = call.callee.kind === 'result' ? call.callee.call.name : call.name;
  return /Loss$|loss|entropy|^(?:mean|sum|item|reduce_mean|reduce_sum|argmax|max|topk|backward|size)$/u.test(maker);
}
