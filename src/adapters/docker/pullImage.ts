import type Docker from 'dockerode';
import type { Readable } from 'node:stream';
import { HoneError } from '../../base/HoneError.ts';
import type { Progress } from '../../core/ports/Runtime.ts';
import { readRegistryCredentials, registryOf, type RegistryCredentials } from './readRegistryCredentials.ts';
import { diskFull, engineMessage, engineStatus, isDiskFull } from './translateEngineError.ts';

interface PullEvent {
  readonly id?: string;
  readonly status?: string;
  readonly error?: string;
  readonly progressDetail?: { readonly current?: number; readonly total?: number };
}

/** Pulls a user's own image. Throws HoneError image-build, disk-full or cancelled, and the client's errors where no engine answers. */
export async function pullImage(
  docker: Docker,
  image: string,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<void> {
  const layers = new Map<string, { current: number; total: number }>();
  const stream = await startPull(docker, image, signal);
  let pending = '';
  for await (const chunk of stream) {
    const lines = (pending + String(chunk)).split('\n');
    pending = lines.pop() ?? '';
    for (const line of lines.filter((text) => text.trim() !== '')) {
      const event = JSON.parse(line) as PullEvent;
      if (event.error !== undefined) throw pullFailed(image, event.error);
      const { current = 0, total = 0 } = event.progressDetail ?? {};
      if (event.id !== undefined && event.status === 'Downloading') layers.set(event.id, { current, total });
      onProgress({ text: `Pulling ${image}: ${event.status ?? ''}`, fraction: fractionOf([...layers.values()]) });
    }
  }
  signal.throwIfAborted();
}

async function startPull(docker: Docker, image: string, signal: AbortSignal): Promise<Readable> {
  try {
    return (await docker.pull(image, { abortSignal: signal, ...(await withCredentials(image)) })) as Readable;
  } catch (error) {
    if (engineStatus(error) === null) throw error;
    throw pullFailed(image, engineMessage(error));
  }
}

/** What the engine needs besides an image's name to ask its registry. */
export async function withCredentials(image: string): Promise<{ readonly authconfig?: object }> {
  const credentials = await readRegistryCredentials(registryOf(image));
  return credentials === null ? {} : { authconfig: authorization(image, credentials) };
}

function authorization(image: string, { user, secret }: RegistryCredentials): object {
  return user === '' ? { identitytoken: secret } : { username: user, password: secret, serveraddress: registryOf(image) };
}

function fractionOf(layers: readonly { current: number; total: number }[]): number | null {
  const total = layers.reduce((sum, layer) => sum + layer.total, 0);
  return total === 0 ? null : Math.min(0.99, layers.reduce((sum, layer) => sum + layer.current, 0) / total);
}

function pullFailed(image: string, reason: string): HoneError {
  if (isDiskFull(reason)) return diskFull(reason);
  const next = 'Check the name in hone.yaml, and docker login for a private registry.';
  return new HoneError('image-build', `The image ${image} could not be pulled: ${reason.trim().replace(/\.$/, '')}.`, { next });
}
