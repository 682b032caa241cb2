import type { TrainRequest } from './Hone.ts';
import type { HonePorts } from './HonePorts.ts';
import { trialNamed } from './compareStudies.ts';
import { readStudy } from './followStudy.ts';

/**
 * A request that repeats an earlier run, in full: its script, arguments, values and runtime, but for what is asked for now. The code is as
 * it is now.
 * @throws HoneError `not-found`
 */
export async function repeatedRequest(ports: HonePorts, request: TrainRequest): Promise<TrainRequest> {
  const { folder, again } = request;
  if (again === undefined) return request;
  const [plan, study] = await Promise.all([ports.store.readPlan(folder, again.study), readStudy(ports, folder, again.study)]);
  const values =
    again.trial === undefined && study.best === null ? plan.assignment : trialNamed(study, again.trial)?.hyperparameters;
  return {
    ...request,
    script: request.script ?? plan.script,
    arguments: request.arguments ?? plan.command.arguments,
    assignment: { ...values, ...request.assignment },
    runtime: request.runtime === undefined || request.runtime === 'auto' ? plan.runtime : request.runtime,
  };
}
