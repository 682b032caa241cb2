import { dirname, join } from 'node:path';
import { describeError, HoneError } from '../base/HoneError.ts';
import type { Inspection } from '../core/space/inspectModule.ts';
import { applySpaceSettings } from '../core/study/applySpaceSettings.ts';
import { configurationFor } from '../core/study/Configuration.ts';
import type { InspectRequest, ScriptInspection } from './Hone.ts';
import type { HonePorts } from './HonePorts.ts';
import { nearestConfiguration, relativePath } from './locateScript.ts';

/**
 * What an editor shows of a script, with the ranges of its hone.yaml; one that does not fit is told, and left out.
 * @throws HoneError `unreadable-source`
 */
export async function inspectScript(
  ports: HonePorts,
  { folder, script, text }: InspectRequest,
  signal: AbortSignal,
): Promise<ScriptInspection> {
  const path = join(folder, script);
  const inspection = await ports.spaces.inspect(path, folder, text ?? null);
  signal.throwIfAborted();
  try {
    return { ...(await withOwnRanges(ports, folder, path, inspection)), problem: null };
  } catch (error) {
    if (!(error instanceof HoneError && error.code === 'configuration')) throw error;
    return { ...inspection, problem: describeError(error) };
  }
}

async function withOwnRanges({ project }: HonePorts, folder: string, path: string, inspection: Inspection): Promise<Inspection> {
  const own = await nearestConfiguration(project, folder, dirname(path));
  if (own === null) return inspection;
  const { space } = configurationFor(await project.readConfiguration(own), relativePath(own, path));
  return { ...inspection, space: applySpaceSettings(inspection.space, space ?? {}) };
}
