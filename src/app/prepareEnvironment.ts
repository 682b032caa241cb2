import type { Environment, Progress } from '../core/ports/Runtime.ts';
import type { HonePorts } from '../core/ports/HonePorts.ts';
import { planRun } from './planRun.ts';
import type { TrainRequest } from './requests.ts';

/** Makes what a run would need, or finds it ready: the image, or the interpreter's packages. Runs none of the user's code. Throws as `planRun` and `Runtime.prepare`. */
export async function prepareEnvironment(
  ports: HonePorts,
  request: TrainRequest,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<Environment> {
  const { plan } = await planRun(ports, request, signal);
  return ports.runtime(plan.runtime).prepare({ ...plan, study: '', snapshot: [], links: [] }, onProgress, signal);
}
