import { optionsOf, type Call, type Value } from '../python/flow/Value.ts';
import { layerOf, type Layer } from './layerOf.ts';

/** The layer that a call makes; a wrapper stands for what it wraps. */
export function layersOf(call: Call): Layer[] {
  const layer = layerOf(call);
  if (layer === null) return [];
  if (layer.signature.role !== 'wrapper') return [layer];
  const [inner] = call.args;
  return inner === undefined
    ? []
    : optionsOf(inner.value).flatMap((option) => (option.kind === 'result' ? layersOf(option.call) : []));
}

/** The layers that a call calls, as `Dense(5)(x)`. */
export function appliedLayers(callee: Value): Layer[] {
  return optionsOf(callee).flatMap((option) => (option.kind === 'result' ? layersOf(option.call) : []));
}
