import type { Call } from '../../python/flow/Value.ts';
import { canonicalPath } from '../../scan/canonicalPath.ts';
import { layerOf } from '../layerOf.ts';

/** What a layer is in a row of layers, as far as adding and removing goes. */
export type LayerKind =
  | 'dense'
  | 'convolution'
  | 'pooling'
  | 'recurrent'
  | 'dropout'
  | 'normalization'
  | 'activation'
  /** Another layer that keeps the shape of what passes. */
  | 'keeping'
  | 'flatten'
  | 'other';

const KINDS: readonly (readonly [RegExp, LayerKind])[] = [
  [/^(?:Dense|Linear)$/u, 'dense'],
  [/^(?:Separable)?(?:Conv|Convolution)[12]D$|^Conv[12]d$/u, 'convolution'],
  [/^(?:Max|Average|Avg)Pool(?:ing)?[12][Dd]$/u, 'pooling'],
  [/^(?:CuDNN)?(?:LSTM|GRU)$|^SimpleRNN$/u, 'recurrent'],
  [/^Dropout$/u, 'dropout'],
  [/^BatchNorm(?:alization|[12]d)$/u, 'normalization'],
  [/^(?:Activation|\w*ReLU6?|\w*ELU|Softmax|Sigmoid|Tanh|SiLU|Mish|Hardswish|Softplus)$/u, 'activation'],
  [
    /^(?:LayerNorm(?:alization)?|GroupNorm|InstanceNorm2d|SpatialDropout[12]D|Dropout[12]d|AlphaDropout|Gaussian(?:Noise|Dropout)|ActivityRegularization)$/u,
    'keeping',
  ],
  [/^(?:Flatten|Global(?:Average|Max)Pooling[12]D)$/u, 'flatten'],
];

/** The kind of the layer that a call makes; `other` for all that is no plain layer of Keras or PyTorch. */
export function layerKind(call: Call): LayerKind {
  const kind = KINDS.find(([name]) => name.test(call.name))?.[1] ?? 'other';
  if (kind !== 'activation') return layerOf(call) === null ? 'other' : kind;
  const path = call.callee.kind === 'external' ? canonicalPath(call.callee.path) : '';
  return /^(?:keras|torch\.nn)\b/u.test(path) ? kind : 'other';
}

/** Layers that belong to the layer with weights before them. */
export function isFollower(kind: LayerKind): boolean {
  return kind === 'dropout' || kind === 'normalization' || kind === 'activation' || kind === 'keeping';
}
