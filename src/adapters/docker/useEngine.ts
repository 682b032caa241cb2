import type Docker from 'dockerode';
import { connectEngine } from './connectEngine.ts';
import { currentSurroundings, findEngineEndpoint } from './findEngineEndpoint.ts';
import { translateEngineError } from './translateEngineError.ts';

/** Works with the engine; what the client throws comes out as HoneError. `host` is spelled as in DOCKER_HOST, null finds it as docker does. */
export async function useEngine<T>(host: string | null, work: (docker: Docker) => Promise<T>, timeoutMs?: number): Promise<T> {
  const endpoint = await findEngineEndpoint(host, currentSurroundings());
  try {
    return await work(await connectEngine(endpoint, timeoutMs));
  } catch (error) {
    throw translateEngineError(error, endpoint);
  }
}
