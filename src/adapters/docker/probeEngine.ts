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
      const docker = await connectEngine(endpoint);
      const limit = endpoint.host.startsWith('ssh://') ? 10 * TIMEOUT_MS : TIMEOUT_MS;
      const version = await within(limit, docker.version());
      const text = `Docker ${version.Version} (API ${version.ApiVersion}) answers at ${endpoint.host}.`;
      return { available: true, text, next: null };
    } catch (error) {
      throw translateEngineError(error, endpoint);
    }
  } catch (error) {
    const known =
      error instanceof HoneError ? error : new HoneError('engine-absent', 'Docker cannot be asked.', { cause: error });
    return { available: false, text: known.message, next: known.next };
  }
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
