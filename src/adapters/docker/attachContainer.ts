import type Docker from 'dockerode';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import type { RunnerConnection } from '../../core/ports/Runtime.ts';
import { ContainerRunner } from './ContainerRunner.ts';
import { containerName } from './containerName.ts';
import { inputsOf, type LaunchRequest } from './launchContainer.ts';
import { findPlacement } from './placeStudy.ts';
import { ignoreAbsent } from './removeStudy.ts';
import { studyFilter } from './studyLabels.ts';
import { engineStatus } from './translateEngineError.ts';

/**
 * The container that another supervisor of a study left, alive or ended; null where there is none. A suggester of its that is still there is removed,
 * since it would stand in the way of the next.
 */
export async function attachContainer(docker: Docker, request: LaunchRequest): Promise<RunnerConnection | null> {
  const { plan, environment, studyDirectory } = request;
  const name = containerName(plan.study, plan.folder);
  const filters = JSON.stringify(studyFilter(plan.study, plan.folder));
  const found = await docker.listContainers({ all: true, filters });
  const suggesters = found.filter(({ Names }) => Names.includes(`/${name}-suggester`));
  await Promise.all(suggesters.map(({ Id }) => ignoreAbsent(docker.getContainer(Id).remove({ force: true, v: true }))));
  const own = found.find(({ Names }) => Names.includes(`/${name}`));
  if (own === undefined) return null;
  const container = docker.getContainer(own.Id);
  const { State, Mounts } = await container.inspect();
  if (State.Status === 'created') {
    await ignoreAbsent(container.remove({ force: true, v: true })); // Nothing ever ran in it.
    return null;
  }
  const place = { plan, image: environment.image, name, inputs: inputsOf(request), work: join(studyDirectory, 'work') };
  const placement = await findPlacement(docker, place, Mounts);
  return new ContainerRunner(container, placement, State.Running ? await attach(container) : null);
}

/** Its streams; null where it ended just now. */
async function attach(container: Docker.Container): Promise<Duplex | null> {
  try {
    const options = { stream: true, stdin: true, stdout: true, stderr: true, hijack: true };
    return (await container.attach(options)) as unknown as Duplex;
  } catch (error) {
    if (engineStatus(error) === null) throw error;
    return null;
  }
}
