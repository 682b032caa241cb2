import type { Call, CallArgument } from '../python/flow/Value.ts';
import { canonicalPath } from '../scan/canonicalPath.ts';
import { estimatorRole } from '../scan/estimatorRole.ts';
import type { Origins } from './Origins.ts';
import { keyOf } from './Site.ts';

/** Uses of a literal elsewhere that a change of it would break: where it stands, by the literal's key. */
export type FixingUses = ReadonlyMap<string, { readonly reason: string; readonly sizesOnly: boolean }>;

const SHAPES = /^(?:input_shape|input_dim|batch_input_shape|batch_shape|input_length|shape|num_classes|n_classes|target_size)$/u;
const SHAPE = 'It is part of a shape elsewhere, which data decides.';
const PREPARING = 'It is also used to prepare the data.';

/** Finds literals that also stand in shapes of data, in class counts or in preprocessing; `trained` are the calls that a training goes back to. */
export function findFixingUses(calls: readonly Call[], trained: ReadonlySet<Call>, origins: Origins): FixingUses {
  const uses = new Map<string, { reason: string; sizesOnly: boolean }>();
  const inputs = calls.some((call) => isInput(call) && trained.has(call));
  for (const call of calls) {
    // An input of a network that is not trained takes what another network's layers give: it moves with them.
    if (inputs && isInput(call) && !trained.has(call)) continue;
    for (const argument of call.args) {
      const use = useOf(call, argument);
      if (use === null) continue;
      for (const { node } of origins.within(argument.value)) uses.set(keyOf(node), use);
    }
  }
  return uses;
}

function isInput(call: Call): boolean {
  return call.name === 'Input' && call.callee.kind === 'external';
}

function useOf(call: Call, { keyword }: CallArgument): { reason: string; sizesOnly: boolean } | null {
  if (keyword !== null && SHAPES.test(keyword)) return { reason: SHAPE, sizesOnly: false };
  if (call.callee.kind === 'member')
    return call.name === 'reshape' || call.name === 'to_categorical' ? { reason: SHAPE, sizesOnly: true } : null;
  if (call.callee.kind !== 'external') return null;
  const path = canonicalPath(call.callee.path);
  if (/^(?:Input|InputLayer|to_categorical|one_hot)$/u.test(call.name) && /^(?:keras|tensorflow|torch)\b/u.test(path))
    return { reason: SHAPE, sizesOnly: false };
  if (/^numpy\.(?:zeros|ones|empty|full|reshape)$/u.test(path)) return { reason: SHAPE, sizesOnly: true };
  if (estimatorRole(path).kind === 'preprocessor' || /^(?:train_test_split|pad_sequences|Tokenizer)$/u.test(call.name))
    return { reason: PREPARING, sizesOnly: false };
  return null;
}
