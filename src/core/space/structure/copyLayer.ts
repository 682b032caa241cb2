import type { Argument, Expression } from '../../python/Ast.ts';
import { argumentOf, type Call } from '../../python/flow/Value.ts';
import { layerOf } from '../layerOf.ts';
import type { Pieces, RowItem } from './LayerRow.ts';

/** Arguments that belong to a layer's place in the network, which its copy does not have. */
const PLACE = new Set(['name', 'input_shape', 'input_dim', 'batch_input_shape', 'batch_shape', 'input_length', 'batch_size']);

/** The text of a layer like another that follows it, whose output has the size of its input; null where that cannot be written. */
export function copyLayer({ call, node }: RowItem): Pieces | null {
  if (node.kind !== 'call' || node.args.some(({ splat, keyword }) => splat !== 0 || keyword === 'weights')) return null;
  const sizes = inputAndOutput(call);
  if (sizes === null) return null;
  const kept = node.args.filter(({ keyword }) => keyword === null || !PLACE.has(keyword));
  if (kept.length === node.args.length && sizes.input === null) return [rangeOf(node)];
  const args = kept.map((argument): Pieces => {
    if (argument.value !== sizes.input || sizes.output === null) return [rangeOf(argument)];
    return [...keywordOf(argument), rangeOf(sizes.output)];
  });
  return [rangeOf(node.callee), '(', ...args.flatMap((piece, index) => (index === 0 ? piece : [', ', ...piece])), ')'];
}

/** Where a layer of PyTorch says how much comes in and goes out; no places for those that find out by themselves. Null where it is not said. */
export function inputAndOutput(call: Call): { readonly input: Expression | null; readonly output: Expression | null } | null {
  const signature = layerOf(call)?.signature;
  // An activation without arguments of its own.
  if (signature === undefined) return { input: null, output: null };
  const given = (name: string): Expression | null =>
    argumentOf(call, name, signature.positions.indexOf(name))?.expression ?? null;
  if (signature.input === null || signature.size === null) {
    // Keras before 1.0 gave a dense layer its input first.
    const [, second] = call.args;
    const inputFirst =
      call.name === 'Dense' &&
      second?.keyword === null &&
      second.value.kind === 'literal' &&
      typeof second.value.value === 'number';
    return inputFirst ? null : { input: null, output: null };
  }
  const [input, output] = [given(signature.input), given(signature.size)];
  return input === null || output === null ? null : { input, output };
}

function keywordOf({ keyword }: Argument): Pieces {
  return keyword === null ? [] : [`${keyword}=`];
}

function rangeOf({ start, end }: { readonly start: number; readonly end: number }): { start: number; end: number } {
  return { start, end };
}
