import { optionsOf, type Call, type Value } from '../python/flow/Value.ts';
import { canonicalPath } from '../scan/canonicalPath.ts';
import { kerasRole } from '../scan/kerasNames.ts';
import { layersOf } from './appliedLayers.ts';
import { isChain, isFunctionalModel } from './isChain.ts';
import type { Layer } from './layerOf.ts';
import { partsOf } from './tensorsOf.ts';

/** The layers of a chain in order; other networks within it as calls. `added` is what `add` gave it. */
export function chainItems(chain: Call, added: readonly Value[]): readonly (Layer | Call)[] {
  const given = chain.args
    .filter((argument) => argument.keyword === null || argument.keyword === 'layers')
    .map(({ value }) => value);
  return [...given.flatMap(partsOf), ...added].flatMap(itemOf);
}

/** What is added to each chain, in order. */
export function addedLayers(calls: readonly Call[]): Map<Call, Value[]> {
  const added = new Map<Call, Value[]>();
  for (const call of calls) {
    if (call.callee.kind !== 'member' || !['add', 'append', 'add_module'].includes(call.name)) continue;
    const layer = call.args.at(-1)?.value;
    for (const owner of optionsOf(call.callee.object)) {
      if (owner.kind !== 'result' || !isChain(owner.call) || layer === undefined) continue;
      added.set(owner.call, [...(added.get(owner.call) ?? []), layer]);
    }
  }
  return added;
}

/** A layer or network among the items of a chain; `('name', layer)` pairs stand for their layer. */
function itemOf(value: Value): (Layer | Call)[] {
  return optionsOf(value).flatMap((option): (Layer | Call)[] => {
    if (option.kind === 'sequence' && option.type === 'tuple') return option.items.slice(-1).flatMap(itemOf);
    if (option.kind !== 'result') return [];
    const layers = layersOf(option.call);
    if (layers.length > 0) return layers;
    if (/^OrderedDict$/u.test(option.call.name))
      return option.call.args.flatMap(({ value: inner }) => partsOf(inner)).flatMap(itemOf);
    return isInput(option.call) ? [] : [option.call];
  });
}

function isInput(call: Call): boolean {
  return /^Input(?:Layer)?$|^Rescaling$|^Random[A-Z]|^Normalization$|^Resizing$/u.test(call.name) || !isNetwork(call);
}

function isNetwork(call: Call): boolean {
  const path = call.callee.kind === 'external' ? canonicalPath(call.callee.path) : '';
  return isChain(call) || isFunctionalModel(call) || kerasRole(path) === 'pretrained' || !/^(?:keras|torch)\./u.test(path);
}
