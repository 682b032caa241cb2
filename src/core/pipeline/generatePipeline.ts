import { chainJobs, chainPath } from './chainJobs.ts';
import { chainPipelines } from './chainPipelines.ts';
import { monitorPipeline } from './monitorPipeline.ts';
import type { GeneratedFile, PipelineKind, PipelineRequest } from './PipelineRequest.ts';
import { renderPipeline, renderSteps } from './renderPipeline.ts';
import { singlePipeline } from './singlePipeline.ts';
import { STAGE_SCRIPT, stageScript } from './stageScript.ts';

/** The files of a pipeline. The same request gives the same texts, and no text of the request is outside a literal of them. */
export function generatePipeline(kind: PipelineKind, request: PipelineRequest): readonly GeneratedFile[] {
  const files = kind === 'single' ? singleFiles(request) : chainFiles(request);
  return [...files, { path: STAGE_SCRIPT, text: stageScript }];
}

function singleFiles(request: PipelineRequest): readonly GeneratedFile[] {
  return [
    { path: 'Jenkinsfile', text: renderPipeline(singlePipeline(request), 'Trains, and tunes where that misses the target.') },
    { path: 'Jenkinsfile.monitor', text: renderPipeline(monitorPipeline(request), 'Brings back what died between builds.') },
  ];
}

function chainFiles(request: PipelineRequest): readonly GeneratedFile[] {
  const jobs = chainPipelines(request);
  return [
    ...jobs.map((job) => ({ path: chainPath(job), text: renderPipeline(job.pipeline, `${job.title}.`) })),
    {
      path: 'jenkins/jobs.groovy',
      text: renderSteps(chainJobs(request, jobs), 'Makes the six jobs and their view, by the Job DSL plugin.'),
    },
  ];
}
