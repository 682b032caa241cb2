import type { Trace } from '../../python/flow/followModule.ts';
import type { Call } from '../../python/flow/Value.ts';
import { addedLayers } from '../chainItems.ts';
import { isChain } from '../isChain.ts';
import type { LayerGraph } from '../LayerGraph.ts';
import { layerOf } from '../layerOf.ts';
import type { Parents } from '../Parents.ts';
import type { LayerNumbers } from '../shapes/LayerNumbers.ts';
import type { Outcome } from '../shapes/Shape.ts';
import { keyOf } from '../Site.ts';
import { addRow } from './addRow.ts';
import { blockStructure } from './blockStructure.ts';
import { denseStructure } from './denseStructure.ts';
import type { LayerRow } from './LayerRow.ts';
import { listRow } from './listRow.ts';
import { dropoutStructure, normalizationStructure } from './passStructure.ts';
import type { StructureDraft } from './StructureDraft.ts';
import { tensorRows } from './tensorRows.ts';

/** What is known of a script's networks. */
export interface Networks {
  readonly trace: Trace;
  readonly calls: readonly Call[];
  /** All that a training goes back to. */
  readonly trained: ReadonlySet<Call>;
  readonly graph: LayerGraph;
  readonly parents: Parents;
  readonly numbers: LayerNumbers;
  readonly outcomes: ReadonlyMap<Call, Outcome>;
}

/** Code that counts on which layers there are: by name or index, or by weights that were saved. */
const COUNTS_ON =
  /\.(?:get_layer|load_weights|set_weights|get_weights|load_state_dict|state_dict\(\)\[|add_module|register_forward_hook|get_submodule|children|named_children)\b|\.layers\s*(?:\[|:|\)|\.pop|\.append)|\.pop\(\)|\bload_model\b/u;
/** Layers of networks that make pictures again, or run in parallel. */
const MIRRORING =
  /^(?:UpSampling|Conv\dDTranspose|Deconvolution|ConvTranspose|Cropping|Reshape$|RepeatVector$|MultiHead|Attention$)/u;

/** What layers, blocks, dropout and normalisation can be added to or removed from the networks that a script trains. */
export function networkStructure(networks: Networks): StructureDraft[] {
  const { trace, calls, graph, numbers, outcomes } = networks;
  const texts = [trace.module, ...trace.modules].flatMap(({ sources }) => sources.map(({ text }) => text));
  if (texts.some((text) => COUNTS_ON.test(text)) || calls.some((call) => layerOf(call) !== null && MIRRORING.test(call.name)))
    return [];
  const sizeOf = (call: Call): number | null => {
    const size = layerOf(call)?.signature.size;
    const value = size == null ? undefined : numbers.of(call).get(size)?.value;
    return typeof value === 'number' ? value : null;
  };
  return rowsOf(networks).flatMap((row) => {
    const outputs = new Set(graph.tails);
    const last = row.items.findLast(({ kind }) => kind === 'dense' || kind === 'convolution' || kind === 'recurrent');
    if (last !== undefined && row.ends) outputs.add(last.call);
    return [
      ...denseStructure(row, outputs, sizeOf),
      ...blockStructure(row, outcomes),
      ...dropoutStructure(row, outputs, trace),
      ...normalizationStructure(row, outputs, trace),
    ].filter(({ more, fewer }) => more.length + fewer.length > 0);
  });
}

/** Rows of the script's own file that are trained, in the order of the text; `ends` where a network ends with one. */
function rowsOf({ trace, calls, trained, graph, parents }: Networks): (LayerRow & { ends: boolean })[] {
  const added = addedLayers(calls);
  const adds = (chain: Call): Call[] =>
    calls.filter(
      ({ callee }) =>
        callee.kind === 'member' &&
        callee.object.kind === 'result' &&
        callee.object.call === chain &&
        callee.name.startsWith('add'),
    );
  const chains = new Map(calls.filter(isChain).map((call) => [keyOf(call.node), call]));
  const listed = [...chains.values()].flatMap((chain): (LayerRow & { ends: boolean })[] => {
    if (graph.nested.has(chain) && layerOf(chain)?.framework !== 'torch' && !isTorch(chain)) return [];
    if (!trained.has(chain) && chains.size > 1) return [];
    const given = added.get(chain) ?? [];
    const row =
      given.length === 0
        ? listRow(chain, isTorch(chain) ? 'torch' : 'keras')
        : chain.args.every(({ keyword }) => keyword === 'name')
          ? addRow(chain, adds(chain), parents)
          : null;
    return row === null || isIndexed(chain, calls) ? [] : [{ ...row, ends: !isTorch(chain) }];
  });
  const applied =
    graph.merges.length > 0 ? [] : tensorRows(calls, parents).filter(({ items }) => items.some(({ call }) => trained.has(call)));
  return [...listed, ...applied.map((row) => ({ ...row, ends: false }))]
    .filter(({ source }) => source.path === trace.module.path)
    .sort((a, b) => (a.source.cell ?? 0) - (b.source.cell ?? 0) || (a.items[0]?.node.start ?? 0) - (b.items[0]?.node.start ?? 0));
}

function isTorch(chain: Call): boolean {
  return chain.callee.kind === 'external' && chain.callee.path.startsWith('torch.');
}

/** Whether a layer of a chain is taken out of it by its number. */
function isIndexed(chain: Call, calls: readonly Call[]): boolean {
  const indexed = (value: Call['callee']): boolean => {
    if (value.kind === 'item') return value.of.kind === 'result' && value.of.call === chain;
    return value.kind === 'member' ? indexed(value.object) : false;
  };
  return calls.some(({ callee, args }) => indexed(callee) || args.some(({ value }) => indexed(value)));
}
