import { join } from 'node:path';
import type { SearchSpace } from '../core/space/SearchSpace.ts';
import type { SpaceRequest } from './Hone.ts';
import type { HonePorts } from './HonePorts.ts';
import { locateScript } from './locateScript.ts';

/**
 * The search space of the script that a request means.
 * @throws HoneError `usage`, `no-script`, `several-scripts`, `configuration`, `unreadable-source`
 */
export async function readSpace(ports: HonePorts, request: SpaceRequest, signal: AbortSignal): Promise<SearchSpace> {
  const { script } = await locateScript(ports, request, signal);
  signal.throwIfAborted();
  return ports.spaces.read(join(request.folder, script.path), request.folder);
}
