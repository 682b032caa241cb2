import { agentOf, CHECKOUT, environmentOf, failureMailOf, inFolder, optionsOf, runStage } from './buildSteps.ts';
import type { PipelineModel } from './PipelineModel.ts';
import type { PipelineRequest } from './PipelineRequest.ts';

/** Longest that looking for what died may take, hours. */
const HOURS = 1;

/** Brings back, every few minutes, what died between builds, where the other pipelines left it: it shares their folder of the agent. */
export function monitorPipeline(request: PipelineRequest): PipelineModel {
  return {
    agent: agentOf(request),
    options: optionsOf(HOURS),
    triggers: [{ call: 'cron', argument: 'H/10 * * * *' }],
    environment: environmentOf(request),
    stages: [{ name: 'Monitor', steps: [CHECKOUT, ...inFolder(request, [runStage('monitor')])] }],
    post: { failure: failureMailOf(request) },
  };
}
