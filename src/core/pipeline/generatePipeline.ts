import { monitorPipeline } from './monitorPipeline.ts';
import type { GeneratedFile, PipelineKind, PipelineRequest } from './PipelineRequest.ts';
import { renderPipeline } from './renderPipeline.ts';
import { singlePipeline } from './singlePipeline.ts';
import { STAGE_SCRIPT, stageScript } from './stageScript.ts';

/** The files of a pipeline. The same request gives the same texts, and no text of the request is outside a literal of them. */
export function generatePipeline(_kind: PipelineKind, request: PipelineRequest): readonly GeneratedFile[] {
  return [
    { path: 'Jenkinsfile', text: renderPipeline(singlePipeline(request), 'Trains, and tunes where that misses the target.') },
    { path: 'Jenkinsfile.monitor', text: renderPipeline(monitorPipeline(request), 'Brings back what died between builds.') },
    { path: STAGE_SCRIPT, text: stageScript },
  ];
}
