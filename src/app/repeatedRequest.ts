import type { TrainRequest } from './requests.ts';
import type { HonePorts } from '../core/ports/HonePorts.ts';
import type { StudyPlan } from '../core/study/StudyPlan.ts';
import { trialNamed } from './compareStudies.ts';
import { readStudy } from './followStudy.ts';

/**
 * A request that repeats an earlier run, in full: its script, arguments, values and runtime, but for what is asked for now. The code is as
 * it is now, and so is what hone.yaml and launch.json say.
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
    ...repeatedArguments(request, plan),
    assignment: { ...values, ...request.assignment },
    runtime: request.runtime === undefined || request.runtime === 'auto' ? plan.runtime : request.runtime,
  };
}

function repeatedArguments(request: TrainRequest, { command }: StudyPlan): Pick<TrainRequest, 'arguments' | 'launch'> {
  const { source = 'given', arguments: words } = command;
  const launch = request.launch ?? command.launch?.name;
  return {
    ...(request.arguments === undefined && source === 'given' && words.length > 0 ? { arguments: words } : {}),
    ...(request.arguments === undefined && source !== 'hone.yaml' && launch !== undefined ? { launch } : {}),
  };
}
