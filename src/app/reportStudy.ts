import { renderReport } from '../core/report/renderReport.ts';
import { viewStudy } from '../core/report/viewStudy.ts';
import { readStudy } from './followStudy.ts';
import type { HonePorts } from '../core/ports/HonePorts.ts';
import { patchOfTrial } from './patchOfTrial.ts';

/**
 * A study as one HTML page, with what its best trial changed of the source that the study began with.
 * @throws HoneError `not-found`
 */
export async function reportStudy(ports: HonePorts, folder: string, id: string): Promise<string> {
  const [study, plan] = await Promise.all([readStudy(ports, folder, id), ports.store.readPlan(folder, id)]);
  const best = study.trials.find(({ number }) => number === study.best);
  const patch = await patchOfTrial(ports, plan, best);
  return renderReport(viewStudy(study, { search: plan.search, status: '' }), patch);
}
