import type { Layer } from '../layerOf.ts';
import type { Hyperparameter } from '../SearchSpace.ts';
import type { LayerNumbers } from './LayerNumbers.ts';

/** Limits how many heads an attention of PyTorch has to what divides its size; to the user's own number where the size is not known. */
export function limitHeads(
  hyperparameters: readonly Hyperparameter[],
  layers: readonly Layer[],
  numbers: LayerNumbers,
): readonly Hyperparameter[] {
  const sizes = new Map<string, Set<unknown>>();
  for (const { call, framework } of layers) {
    if (framework !== 'torch' || call.name !== 'MultiheadAttention') continue;
    for (const key of numbers.argument(call, 'num_heads')?.keys ?? [])
      sizes.set(key, (sizes.get(key) ?? new Set()).add(numbers.argument(call, 'embed_dim')?.value));
  }
  return hyperparameters.map((hyperparameter) => {
    const { edits, range, value } = hyperparameter;
    const divided = edits.flatMap(({ path, cell, start, end }) => [
      ...(sizes.get(`${path}:${cell ?? ''}:${start}:${end}`) ?? []),
    ]);
    if (divided.length === 0 || range.kind === 'categorical') return hyperparameter;
    const choices = Array.from({ length: Math.max(0, range.high - range.low + 1) }, (_, index) => range.low + index).filter(
      (heads) => heads === value || divided.every((size) => typeof size === 'number' && size % heads === 0),
    );
    return { ...hyperparameter, range: { kind: 'categorical', choices } };
  });
}
