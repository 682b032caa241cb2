import { followModule } from '../python/flow/followModule.ts';
import type { Module } from '../python/Ast.ts';
import { rangeOf, type SourceRange } from '../python/SourceRange.ts';
import type { AnalysisOptions } from './analyzeScript.ts';
import type { Finding } from './Finding.ts';
import { findMetric } from './findMetric.ts';
import { findSilence } from './findSilence.ts';
import { findTestValidation } from './findTestValidation.ts';
import { findTrainings } from './findTrainings.ts';
import { findTrainingScore } from './findTrainingScore.ts';
import { isPublicName } from './isPublicName.ts';

/** Where a script trains when it is run, in order, and what is surely wrong with how it measures. */
export interface TrainingInspection {
  readonly trainings: readonly SourceRange[];
  readonly findings: readonly Finding[];
}

/** Looks at the trainings that running a module leads to. No findings where a part of it was not read. */
export function inspectTraining(module: Module, options: AnalysisOptions): TrainingInspection {
  const trace = followModule(module, { ...options, exports: isPublicName }).run;
  const trainings = findTrainings(trace).filter(({ call }) => call.live);
  const [first] = trainings;
  const places = trainings.map(({ call }) => rangeOf(call.node));
  const isWhole = !trace.incomplete && trace.missing.length === 0 && module.problems.length === 0;
  if (first === undefined || !isWhole) return { trainings: places, findings: [] };
  const calls = trace.calls.filter(({ live }) => live);
  const metric = findMetric(trace, trainings, first.framework, 'classification');
  const found = [
    findTrainingScore(calls, trainings),
    findTestValidation(calls, trainings),
    metric === null ? findSilence(calls, trainings) : null,
  ];
  return { trainings: places, findings: found.filter((finding) => finding !== null) };
}
