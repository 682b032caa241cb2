import { followModule, type Trace } from '../python/flow/followModule.ts';
import type { Module } from '../python/Ast.ts';
import type { AnalysisOptions } from '../scan/analyzeScript.ts';
import { findTrainings, type Training } from '../scan/findTrainings.ts';
import { isLibraryModule } from '../scan/isLibraryModule.ts';
import { isPublicName } from '../scan/isPublicName.ts';
import type { Call } from '../python/flow/Value.ts';
import { compileSites } from './compileSites.ts';
import { createHyperparameters } from './createHyperparameters.ts';
import { estimatorSites } from './estimatorSites.ts';
import { findFixingUses } from './findFixingUses.ts';
import { findSeeds } from './findSeeds.ts';
import { groupSites } from './groupSites.ts';
import { LayerGraph } from './LayerGraph.ts';
import { keptValues } from './keptValues.ts';
import { layerOf, type Layer } from './layerOf.ts';
import { layerSites } from './layerSites.ts';
import { namedSites } from './namedSites.ts';
import { optimizerSites } from './optimizerSites.ts';
import { Origins } from './Origins.ts';
import { overriddenDefaults } from './overriddenDefaults.ts';
import { reachable } from './reachable.ts';
import { regularizerSites } from './regularizerSites.ts';
import type { SearchSpace } from './SearchSpace.ts';
import type { Site } from './Site.ts';
import { findStructure } from './structure/findStructure.ts';
import { trainingSites } from './trainingSites.ts';

/** Finds what can be tuned in a module that trains, and what cannot, by following its code. Empty where nothing trains. */
export function analyzeSpace(module: Module, options: AnalysisOptions): SearchSpace {
  const following = followModule(module, { ...options, exports: isPublicName });
  const live = findTrainings(following.run);
  const trace = live.length > 0 ? following.run : following.followUncalled();
  const trainings = live.length > 0 ? live : isLibraryModule(module) ? findTrainings(trace) : [];
  if (trainings.length === 0 || trace.incomplete) return emptySpace(module.path);
  const calls = trace.calls.filter((call) => live.length === 0 || call.live);
  const origins = new Origins(trace);
  const layers = layersOf(calls);
  const graph = new LayerGraph(trace, calls);
  const sites = sitesOf(trace, calls, trainings, origins, layerSites(layers, graph, origins, isLegacy(calls)));
  const trained = reachable(trainings.flatMap(({ call }) => [call.callee, ...call.args.map(({ value }) => value)]));
  const groups = groupSites(sites, origins, overriddenDefaults(calls, trained));
  const created = createHyperparameters(groups, findFixingUses(calls, trained, origins), origins.parents);
  const networks = { trace, calls, trained, graph, parents: origins.parents };
  const buildable = findStructure(networks, layers, created.hyperparameters, origins, isLegacy(calls));
  const kept = keptValues(calls, origins, { ...created, ...buildable });
  const fixed = [...created.fixed, ...kept].sort((a, b) => a.line - b.line);
  return { version: 1, script: module.path, ...buildable, fixed, seeds: findSeeds(calls, trainings, groups, origins) };
}

/** The space of a script in which nothing can be tuned. */
export function emptySpace(script: string): SearchSpace {
  return { version: 1, script, hyperparameters: [], fixed: [], structure: [], seeds: [] };
}

function layersOf(calls: readonly Call[]): Layer[] {
  return calls.flatMap((call): Layer[] => {
    const layer = layerOf(call);
    return layer === null ? [] : [layer];
  });
}

function sitesOf(
  trace: Trace,
  calls: readonly Call[],
  trainings: readonly Training[],
  origins: Origins,
  ofLayers: readonly Site[],
): Site[] {
  const used = reachable(
    calls.flatMap((call) => [
      call.callee.kind === 'member' ? call.callee.object : call.callee,
      ...call.args.map(({ value }) => value),
    ]),
  );
  const configured = calls.filter((call) => call.within?.kind === 'function' && call.within.name === 'configure_optimizers');
  const sites = [
    ...ofLayers,
    ...compileSites(calls),
    ...regularizerSites(calls, used),
    ...optimizerSites(calls, new Set([...used, ...configured]), trace.scope),
    ...trainingSites(trace, calls, trainings, origins),
    ...estimatorSites(calls, trainings),
  ];
  const network = trainings.some(({ framework }) => framework !== 'sklearn');
  return network ? [...sites, ...namedSites(trace, calls, sites, origins)] : sites;
}

/** Whether some call is in Keras 1's manner, so that all are. */
function isLegacy(calls: readonly Call[]): boolean {
  const keywords = /^(?:border_mode|nb_epoch|subsample|nb_filter|nb_row|samples_per_epoch|output_dim|dim_ordering)$/u;
  return calls.some((call) => call.args.some(({ keyword }) => keyword !== null && keywords.test(keyword)));
}
