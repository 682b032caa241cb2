import type { Call } from '../../python/flow/Value.ts';
import type { HyperparameterValue } from '../Assignment.ts';
import type { LayerNumbers, WrittenArgument } from './LayerNumbers.ts';
import { sizeOf, type Outcome, type Shape } from './Shape.ts';

/** The value of an argument as it is to be assumed; undefined where it is not known. */
export type Assume = (argument: WrittenArgument) => HyperparameterValue | undefined;

const LAYERS: readonly (readonly [RegExp, (layer: LayerShape) => Outcome])[] = [
  [/^(?:Separable|Depthwise|LocallyConnected)?Conv(?:olution)?[123]D$|^LocallyConnected[12]D$/u, (layer) => layer.convolution()],
  [/^(?:Max|Average|Avg)Pool(?:ing)?[123]D$/u, (layer) => layer.pooling()],
  [/^(?:Conv[123]DTranspose|Deconvolution2D|UpSampling[123]D)$/u, (layer) => layer.growing()],
  [/^ZeroPadding[12]D$/u, (layer) => layer.padding()],
  [/^(?:Cropping[123]D|ConvLSTM2D|Permute)$/u, () => ({ shape: null, verdict: 'unsure' })],
  [/^Global/u, (layer) => fits(layer.input === null ? null : layer.input.slice(-1))],
  [/^Flatten$/u, (layer) => fits([sizeOf(layer.input)])],
  [/^Dense$/u, (layer) => fits(layer.input && [...layer.input.slice(0, -1), layer.number('units', 'output_dim')])],
  [/^Embedding$/u, (layer) => fits(layer.input && [...layer.input, layer.number('output_dim')])],
  [/^(?:CuDNN)?(?:LSTM|GRU)$|^SimpleRNN$/u, (layer) => layer.recurrent()],
  [/^RepeatVector$/u, (layer) => fits(layer.input && [layer.number('n'), ...layer.input])],
  [/^Concatenate$/u, (layer) => fits(layer.input && [...layer.input.slice(0, -1), null])],
  [/^Reshape$/u, (layer) => layer.reshape()],
];

/** Keeps the shape of what comes in: layers without a place in the table above that only work on each number. */
const KEEPING =
  /^(?:\w*Dropout\w*|Activation|\w*Normalization|\w*ReLU|ELU|Softmax|GaussianNoise|Masking|Add|Subtract|Multiply|Average|Maximum|Minimum|ActivityRegularization|Rescaling|Random\w+)$/u;

/** What a layer of Keras makes of a shape, as its arguments are assumed to be. */
export function outputShape(call: Call, input: Shape | null, numbers: LayerNumbers, assume: Assume): Outcome {
  const rule = LAYERS.find(([name]) => name.test(call.name))?.[1];
  if (rule !== undefined) return rule(new LayerShape(call, input, numbers, assume));
  return fits(KEEPING.test(call.name) ? input : null);
}

function fits(shape: Shape | null): Outcome {
  return { shape, verdict: 'fits' };
}

class LayerShape {
  readonly input: Shape | null;
  readonly #call: Call;
  readonly #numbers: LayerNumbers;
  readonly #assume: Assume;

  constructor(call: Call, input: Shape | null, numbers: LayerNumbers, assume: Assume) {
    this.#call = call;
    this.input = input;
    this.#numbers = numbers;
    this.#assume = assume;
  }

  /** A whole number that is given; null where it is not known. */
  number(...names: readonly string[]): number | null {
    const given = this.#given(...names);
    return typeof given === 'number' ? given : null;
  }

  convolution(): Outcome {
    const rank = this.#rank();
    const depthwise = this.#call.name.startsWith('Depthwise');
    const kernel = this.#sides(rank, null, 'kernel_size', 'filter_length');
    const strides = this.#sides(rank, 1, 'strides', 'stride', 'subsample', 'subsample_length');
    const channels = depthwise ? null : this.number('filters', 'nb_filter');
    return this.#slide(rank, kernel, strides, channels);
  }

  pooling(): Outcome {
    const rank = this.#rank();
    const pool = this.#sides(rank, 2, 'pool_size', 'pool_length');
    const channels = this.input?.at(-1) ?? null;
    return this.#slide(rank, pool, this.#sides(rank, pool, 'strides', 'stride'), channels);
  }

  growing(): Outcome {
    return fits(this.input && this.input.map(() => null));
  }

  padding(): Outcome {
    const [given, rank] = [this.#given('padding'), this.#rank()];
    const sides = given === null ? 1 : given;
    const both = Array.isArray(sides) ? (sides as unknown[]) : Array.from({ length: rank }, () => sides);
    const padded = this.input?.slice(0, -1).map((size, axis) => {
      const side = both[axis];
      return size === null || typeof side !== 'number' || both.length !== rank ? null : size + 2 * side;
    });
    return fits(padded?.length === rank ? [...padded, this.input?.at(-1) ?? null] : null);
  }

  recurrent(): Outcome {
    const all = this.#given('return_sequences');
    const units = this.number('units', 'output_dim');
    if (all === undefined || this.#given('return_state') !== null) return fits(null);
    return fits(all === true ? this.input && [this.input[0] ?? null, units] : [units]);
  }

  reshape(): Outcome {
    const target = this.#given('target_shape');
    if (!Array.isArray(target)) return fits(null);
    return fits((target as unknown[]).map((side) => (typeof side === 'number' && side > 0 ? side : null)));
  }

  #rank(): number {
    return Number(/[123](?=D)/u.exec(this.#call.name)?.[0] ?? 2);
  }

  /** A window that goes over the axes but the last. */
  #slide(
    rank: number,
    window: readonly (number | null)[],
    strides: readonly (number | null)[],
    channels: number | null,
  ): Outcome {
    const padding = this.#given('padding', 'border_mode') ?? 'valid';
    const dilation = this.#sides(rank, 1, 'dilation_rate');
    const before = this.input?.length === rank + 1 ? this.input.slice(0, rank) : Array.from({ length: rank }, () => null);
    const sides = before.map((size, axis): number | null => {
      const [side = null, stride = null, spread = null] = [window[axis], strides[axis], dilation[axis]];
      if (size === null || side === null || stride === null || spread === null) return null;
      if (padding === 'same' || padding === 'causal') return Math.ceil(size / stride);
      return Math.floor((size - (side - 1) * spread - 1) / stride) + 1;
    });
    const shape = [...sides, channels];
    if (padding === 'same' || padding === 'causal') return fits(shape);
    if (padding !== 'valid') return { shape, verdict: 'unsure' };
    if (sides.some((size) => size !== null && size < 1)) return { shape: null, verdict: 'impossible' };
    return { shape, verdict: sides.includes(null) ? 'unsure' : 'fits' };
  }

  #sides(
    rank: number,
    fallback: number | readonly (number | null)[] | null,
    ...names: readonly string[]
  ): readonly (number | null)[] {
    const given = this.#given(...names);
    const sides = given === null ? fallback : given;
    if (typeof sides === 'number') return Array.from({ length: rank }, () => sides);
    if (!Array.isArray(sides) || (sides.length !== rank && sides.length !== 1)) return [];
    const all = sides.length === rank ? sides : Array.from({ length: rank }, () => sides[0] as unknown);
    return (all as unknown[]).map((side) => (typeof side === 'number' ? side : null));
  }

  /** Null where it is not given; undefined where it is not known. */
  #given(...names: readonly string[]): HyperparameterValue | undefined {
    const argument = this.#numbers.argument(this.#call, ...names);
    return argument === null ? null : this.#assume(argument);
  }
}
