import { join, resolve } from 'node:path';
import { HoneError } from '../base/HoneError.ts';
import type { SavedOutputs } from '../core/ports/StudyStore.ts';
import { trialNamed } from './compareStudies.ts';
import { readStudy } from './followStudy.ts';
import type { SaveRequest } from './requests.ts';
import type { HonePorts } from '../core/ports/HonePorts.ts';

/**
 * Brings the files that a trial's script wrote to where the script would have put them in the user's folder, or below another one. A file
 * that is there already is left alone unless it may be replaced; those that were left are named.
 * @throws HoneError `not-found` where the trial wrote nothing, `usage` where the folder to save in is none, `read-only`, `disk-full`
 */
export async function saveOutputs(ports: HonePorts, request: SaveRequest): Promise<SavedOutputs> {
  const { folder, study: id } = request;
  const study = await readStudy(ports, folder, id);
  const trial = trialNamed(study, request.trial);
  if (trial === null || trial.artifacts.length === 0) {
    throw new HoneError('not-found', `The script wrote no file in ${id}.`, {
      next: `\`hone logs ${id}\` shows what it printed.`,
    });
  }
  const target = request.to === undefined ? join(folder, study.root) : resolve(folder, request.to);
  if ((await ports.project.kindOf(target)) === 'file') throw new HoneError('usage', `${target} is a file, not a folder.`);
  return ports.store.saveArtifacts(folder, id, trial.number, { target, overwrite: request.overwrite ?? false });
}
