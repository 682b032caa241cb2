import * as v from 'valibot';
import type { EngineState } from '../../core/ports/EngineState.ts';
import { HoneError } from '../../base/HoneError.ts';
import { connectEngine } from './connectEngine.ts';
import { currentSurroundings, findEngineEndpoint, type EngineSurroundings } from './findEngineEndpoint.ts';
import { translateEngineError } from './translateEngineError.ts';

const TIMEOUT_MS = 400;

/** Whether the engine answers, within half a second (an engine over SSH may take four). Never throws. */
export async function probeEngine(
  host: string | null,
  surroundings: EngineSurroundings = currentSurroundings(),
): Promise<EngineState> {
  try {
    const endpoint = await findEngineEndpoint(host, surroundings);
    try {
      const limit = endpoint.host.startsWith('ssh://') ? 10 * TIMEOUT_MS : TIMEOUT_MS;
      const docker = await connectEngine(endpoint, limit);
      // Whether it answers is told by the version alone: an engine with much to tell takes longer for the rest.
      const gpus = within(5 * limit, docker.info()).then(givesGpus, () => false);
      const version = await within(limit, docker.version());
      const text = `Docker ${version.Version} (API ${version.ApiVersion}) answers at ${endpoint.host}.`;
      return { available: true, text, next: null, gpus: await gpus };
    } catch (error) {
      throw translateEngineError(error, endpoint);
    }
  } catch (error) {
    const known =
      error instanceof HoneError ? error : new HoneError('engine-absent', 'Docker cannot be asked.', { cause: error });
    return { available: false, text: known.message, next: known.next };
  }
}

const engineInfo = v.object({
  Runtimes: v.nullish(v.record(v.string(), v.unknown())),
  DiscoveredDevices: v.nullish(v.array(v.object({ Source: v.string(), ID: v.string() }))),
});

/** Whether an engine says that it has GPUs for containers: by NVIDIA's runtime, or as devices of CDI (Docker 28.3 and later). */
export function givesGpus(info: unknown): boolean {
  const parsed = v.safeParse(engineInfo, info);
  if (!parsed.success) return false;
  const { Runtimes, DiscoveredDevices } = parsed.output;
  const isDevice = (device: { readonly ID: string }): boolean => device.ID.startsWith('nvidia.com/gpu');
  return Object.hasOwn(Runtimes ?? {}, 'nvidia') || (DiscoveredDevices ?? []).some(isDevice);
}

async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const error = new HoneError('engine-absent', 'Docker does not answer in time.', {
      next: 'Restart Docker, or look whether the machine is overloaded.',
    });
    timer = setTimeout(() => reject(error), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
