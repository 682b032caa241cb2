import type { Container, ContainerCreateOptions } from 'dockerode';
import type Docker from 'dockerode';
import { HoneError } from '../../base/HoneError.ts';
import { ignoreAbsent } from './removeStudy.ts';
import { engineStatus } from './translateEngineError.ts';

/** A container that was made and not started for so long was left by someone who died in between. */
const ABANDONED_MS = 60_000;

/** Makes a container; its name is a lock. One of that name that has ended is replaced. Throws HoneError `already-running`. */
export async function reserveContainer(docker: Docker, request: ContainerCreateOptions): Promise<Container> {
  try {
    return await docker.createContainer(request);
  } catch (error) {
    if (engineStatus(error) !== 409) throw error;
  }
  const holder = docker.getContainer(request.name ?? '');
  if (await isInUse(holder)) {
    throw new HoneError('already-running', `The container ${request.name} of this study runs already.`, {
      next: 'Wait for its end, or cancel the study.',
    });
  }
  await ignoreAbsent(holder.remove({ force: true, v: true }));
  return docker.createContainer(request);
}

async function isInUse(container: Container): Promise<boolean> {
  try {
    const { State, Created } = await container.inspect();
    if (State.Status === 'created') return Date.now() - Date.parse(Created) < ABANDONED_MS;
    return State.Running || State.Paused || State.Restarting;
  } catch (error) {
    if (engineStatus(error) === 404) return false;
    throw error;
  }
}
