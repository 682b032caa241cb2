import type { Call } from '../python/flow/Value.ts';
import { canonicalPath } from '../scan/canonicalPath.ts';
import { isKeras } from '../scan/kerasNames.ts';
import { KERAS_LAYERS } from './kerasLayers.ts';
import type { LayerSignature } from './LayerSignature.ts';
import { TORCH_FUNCTIONS, TORCH_LAYERS } from './torchLayers.ts';

/** A call that makes a layer. */
export interface Layer {
  readonly call: Call;
  readonly framework: 'keras' | 'torch';
  readonly signature: LayerSignature;
}

/** The layer that a call makes, or the function on tensors that it is; null for all else. */
export function layerOf(call: Call): Layer | null {
  if (call.callee.kind !== 'external') return null;
  const path = canonicalPath(call.callee.path);
  if (isKeras(path)) return found(call, 'keras', KERAS_LAYERS[call.name]);
  if (!path.startsWith('torch.')) return null;
  const table = path.startsWith('torch.nn.functional.') ? TORCH_FUNCTIONS : path.startsWith('torch.nn.') ? TORCH_LAYERS : {};
  return found(call, 'torch', table[call.name]);
}

function found(call: Call, framework: Layer['framework'], signature: LayerSignature | undefined): Layer | null {
  return signature === undefined ? null : { call, framework, signature };
}
