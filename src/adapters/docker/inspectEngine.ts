import type Docker from 'dockerode';
import type { EngineFacts, ImageSource } from '../../core/ports/MachineInspector.ts';
import { withCredentials } from './pullImage.ts';
import { connectEngine } from './connectEngine.ts';
import { currentSurroundings, findEngineEndpoint } from './findEngineEndpoint.ts';
import { givesGpus } from './probeEngine.ts';
import { engineMessage, engineStatus, translateEngineError } from './translateEngineError.ts';

/** API that came with BuildKit, in Docker 18.09. */
const BUILDKIT_API = [1, 39] as const;

/** What an engine says of itself. `host` is spelled as in DOCKER_HOST, null finds it as docker does. Throws HoneError `engine-absent`. */
export async function inspectEngine(host: string | null, timeoutMs: number): Promise<EngineFacts> {
  const endpoint = await findEngineEndpoint(host, currentSurroundings());
  try {
    const docker = await connectEngine(endpoint, timeoutMs);
    const [version, info] = await Promise.all([docker.version(), docker.info()]);
    const product = version.Components?.[0]?.Name ?? '';
    const podman = product.startsWith('Podman');
    return {
      name: `${podman ? 'Podman' : 'Docker'} ${version.Version}`,
      place: `${endpoint.host} (${endpoint.origin})`,
      apiVersion: version.ApiVersion,
      rootless: (info.SecurityOptions as readonly string[] | undefined)?.some((option) => option.includes('rootless')) ?? false,
      builds: !podman && isSince(version.ApiVersion, BUILDKIT_API),
      gpus: givesGpus(info),
      cpus: info.NCPU,
      memoryBytes: info.MemTotal,
    };
  } catch (error) {
    throw translateEngineError(error, endpoint);
  }
}

/** Whether the engine has an image, or its registry would give it. */
export async function findImage(docker: Docker, reference: string): Promise<ImageSource> {
  try {
    await docker.getImage(reference).inspect();
    return { from: 'engine', reason: '' };
  } catch (error) {
    if (engineStatus(error) !== 404) throw error;
  }
  try {
    await docker.getImage(reference).distribution(await withCredentials(reference));
    return { from: 'registry', reason: '' };
  } catch (error) {
    return { from: null, reason: engineMessage(error) };
  }
}

function isSince(version: string, [major, minor]: readonly [number, number]): boolean {
  const [own = 0, ownMinor = 0] = version.split('.').map(Number);
  return own > major || (own === major && ownMinor >= minor);
}
