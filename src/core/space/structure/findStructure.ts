import { positionAt } from '../../python/Source.ts';
import type { Hyperparameter, StructuralEdit, StructureName } from '../SearchSpace.ts';
import type { Origins } from '../Origins.ts';
import type { Layer } from '../layerOf.ts';
import { limitHeads } from '../shapes/limitHeads.ts';
import { LayerNumbers } from '../shapes/LayerNumbers.ts';
import { limitShapes, UNCHANGED } from '../shapes/limitShapes.ts';
import { ShapeGraph } from '../shapes/ShapeGraph.ts';
import { networkStructure, type Networks } from './networkStructure.ts';
import { scalerStructure } from './scalerStructure.ts';
import type { StructureDraft } from './StructureDraft.ts';

/** What a script's layers can become together: hyperparameters with ranges that always build, and structural edits. */
export interface Buildable {
  readonly hyperparameters: readonly Hyperparameter[];
  readonly structure: readonly StructuralEdit[];
}

const LABELS: Readonly<Record<StructureName, string>> = {
  dense: 'hidden dense layers',
  blocks: 'blocks of convolution and pooling',
  dropout: 'dropout layers',
  normalization: 'batch normalisations',
  scaler: 'scalers before the estimator',
};

/** Finds what can be added and removed, and limits the ranges of sizes so that every combination builds. */
export function findStructure(
  networks: Omit<Networks, 'numbers' | 'outcomes'>,
  layers: readonly Layer[],
  hyperparameters: readonly Hyperparameter[],
  origins: Origins,
  legacy: boolean,
): Buildable {
  const { trace, calls, trained, parents } = networks;
  const numbers = new LayerNumbers(layers, origins, legacy);
  const graph = shapesOf(networks, numbers, origins, layers);
  const outcomes = graph?.outcomes(UNCHANGED) ?? new Map();
  const drafts = layers.length === 0 ? [] : networkStructure({ ...networks, numbers, outcomes });
  const growths = drafts.flatMap(({ growth }) => growth ?? []);
  const limits = limitShapes(hyperparameters, layers, numbers, graph, growths);
  const limited = drafts.map((draft) =>
    draft.growth === undefined ? draft : { ...draft, more: draft.more.slice(0, limits.added.get(draft.growth) ?? 0) },
  );
  const all = [...limited, ...scalerStructure(trace, calls, trained, parents)];
  return {
    hyperparameters: limitHeads(limits.hyperparameters, layers, numbers),
    structure: named(all.filter(({ more, fewer }) => more.length + fewer.length > 0)),
  };
}

/** The shapes of the script's Keras models, pictures in the order of axes in which the user's own sizes fit; null where they fit in neither. */
function shapesOf(
  { trace, calls }: Pick<Networks, 'trace' | 'calls'>,
  numbers: LayerNumbers,
  origins: Origins,
  layers: readonly Layer[],
): ShapeGraph | null {
  if (!layers.some(({ framework }) => framework === 'keras')) return null;
  for (const channelsFirst of [false, true]) {
    const graph = new ShapeGraph(trace, calls, numbers, origins, channelsFirst);
    const outcomes = [...graph.outcomes(UNCHANGED).values()];
    if (outcomes.every(({ verdict }) => verdict !== 'impossible')) return graph;
  }
  return null;
}

function named(drafts: readonly StructureDraft[]): StructuralEdit[] {
  const counts = new Map<StructureName, number>();
  return drafts.map(({ name, place, value, more, fewer }) => {
    const index = counts.get(name) ?? 0;
    counts.set(name, index + 1);
    const { source, start } = place;
    return {
      id: `structure.${name}${index === 0 ? '' : `[${index}]`}`,
      name,
      label: LABELS[name],
      path: source.path,
      line: positionAt(source, start).line,
      ...(source.cell === null ? {} : { cell: source.cell }),
      value,
      min: value - fewer.length,
      max: value + more.length,
      more,
      fewer,
    };
  });
}
