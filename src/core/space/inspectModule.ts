import type { Module } from '../python/Ast.ts';
import type { AnalysisOptions } from '../scan/analyzeScript.ts';
import { inspectTraining, type TrainingInspection } from '../scan/inspectTraining.ts';
import { analyzeSpace } from './analyzeSpace.ts';
import type { SearchSpace } from './SearchSpace.ts';

/** What an editor shows of a script's code. */
export interface Inspection extends TrainingInspection {
  readonly space: SearchSpace;
}

/** Where a module trains, what can be tuned in it, and what is surely wrong with how it measures. */
export function inspectModule(module: Module, options: AnalysisOptions): Inspection {
  return { ...inspectTraining(module, options), space: analyzeSpace(module, options) };
}
