import { dirname, join } from 'node:path';
import { describeError, HoneError } from '../base/HoneError.ts';
import type { Inspection } from '../core/space/inspectModule.ts';
import { applySpaceSettings } from '../core/study/applySpaceSettings.ts';
import { configurationFor, type ScriptConfiguration } from '../core/study/Configuration.ts';
import type { ScriptInspection } from './Hone.ts';
import type { InspectRequest } from './requests.ts';
import type { HonePorts } from '../core/ports/HonePorts.ts';
import { nearestConfiguration, relativePath } from './locateScript.ts';

/**
 * What an editor shows of a script, with the ranges and arguments of its hone.yaml; one that does not fit is told, and left out.
 * @throws HoneError `unreadable-source`
 */
export async function inspectScript(
  ports: HonePorts,
  { folder, script, text }: InspectRequest,
  signal: AbortSignal,
): Promise<ScriptInspection> {
  const path = join(folder, script);
  const read = (words: readonly string[]): Promise<Inspection> => ports.spaces.inspect(path, folder, text ?? null, words);
  try {
    const { space: ranges = {}, args = [] } = await configurationAt(ports, folder, path);
    const inspection = await read(args);
    signal.throwIfAborted();
    return { ...inspection, space: applySpaceSettings(inspection.space, ranges), problem: null };
  } catch (error) {
    if (!(error instanceof HoneError && error.code === 'configuration')) throw error;
    return { ...(await read([])), problem: describeError(error) };
  }
}

async function configurationAt({ project }: HonePorts, folder: string, path: string): Promise<ScriptConfiguration> {
  const own = await nearestConfiguration(project, folder, dirname(path));
  return own === null ? {} : configurationFor(await project.readConfiguration(own), relativePath(own, path));
}
