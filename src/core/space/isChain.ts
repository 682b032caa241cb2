import { optionsOf, type Call, type Value } from '../python/flow/Value.ts';
import { canonicalPath } from '../scan/canonicalPath.ts';
import { isKeras } from '../scan/kerasNames.ts';

/** `Sequential(...)` of Keras or PyTorch. */
export function isChain(call: Call): boolean {
  return (
    call.callee.kind === 'external' && call.name === 'Sequential' && /^(?:keras|torch)\./u.test(canonicalPath(call.callee.path))
  );
}

/** `Model(inputs, outputs)` of Keras. */
export function isFunctionalModel(call: Call): boolean {
  return call.callee.kind === 'external' && isKeras(canonicalPath(call.callee.path)) && /^(?:Model|Functional)$/u.test(call.name);
}

/** The chains of layers that a call calls, as `features(x)`. */
export function appliedChains(callee: Value): Call[] {
  return optionsOf(callee).flatMap((option) => (option.kind === 'result' && isChain(option.call) ? [option.call] : []));
}
