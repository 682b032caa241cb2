import { join } from 'node:path';
import type { SearchSpace } from '../core/space/SearchSpace.ts';
import { applySpaceSettings } from '../core/study/applySpaceSettings.ts';
import type { SpaceRequest } from './requests.ts';
import type { HonePorts } from '../core/ports/HonePorts.ts';
import { locateScript } from './locateScript.ts';

/**
 * The search space of the script that a request means, with the ranges of its hone.yaml, and its arguments where the request has none.
 * @throws HoneError `usage`, `no-script`, `several-scripts`, `configuration`, `unreadable-source`
 */
export async function readSpace(ports: HonePorts, request: SpaceRequest, signal: AbortSignal): Promise<SearchSpace> {
  const { script, configuration } = await locateScript(ports, request, signal);
  signal.throwIfAborted();
  const words = request.arguments ?? configuration.args;
  const space = await ports.spaces.read(join(request.folder, script.path), request.folder, words);
  return applySpaceSettings(space, configuration.space ?? {});
}
