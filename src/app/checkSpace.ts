import { HoneError } from '../base/HoneError.ts';
import type { ProjectReader } from '../core/ports/ProjectReader.ts';

/** A run that finds less than this could not even keep its journal. */
const LEAST_BYTES = 20e6;
const ENOUGH_BYTES = 1e9;

/**
 * What a person should know of the room on the disk of a folder before something runs there: nothing, mostly.
 * @throws HoneError `disk-full` where a run could not keep what it measures
 */
export async function checkSpace(project: Pick<ProjectReader, 'freeBytes'>, folder: string): Promise<readonly string[]> {
  const free = await project.freeBytes(folder);
  if (free === null || free >= ENOUGH_BYTES) return [];
  const left = `${Math.floor(free / 1e6)} MB are free on the disk of ${folder}`;
  if (free < LEAST_BYTES) {
    throw new HoneError('disk-full', `Only ${left}, too little to keep what a run measures.`, {
      next: 'Free some space, for example with `hone clean`.',
    });
  }
  return [`Only ${left}: what the script writes has to fit. \`hone clean\` shows what can go.`];
}
