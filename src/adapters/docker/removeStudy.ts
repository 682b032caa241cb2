import type Docker from 'dockerode';
import { studyFilter } from './studyLabels.ts';
import { engineStatus } from './translateEngineError.ts';

/** Removes every container and volume of a study, running or not; true where there was one. `looks` into its trials may be left to whoever looks. */
export async function removeStudy(docker: Docker, study: string, folder: string, { looks = true } = {}): Promise<boolean> {
  const filters = JSON.stringify(studyFilter(study, folder));
  const isMeant = (name: string): boolean => looks || !name.includes('-look-');
  const containers = (await docker.listContainers({ all: true, filters })).filter(({ Names: [name = ''] }) => isMeant(name));
  await Promise.all(containers.map(({ Id }) => ignoreAbsent(docker.getContainer(Id).remove({ force: true, v: true }))));
  const volumes = (await docker.listVolumes({ filters })).Volumes.filter(({ Name }) => isMeant(Name));
  await Promise.all(volumes.map(({ Name }) => ignoreAbsent(docker.getVolume(Name).remove({ force: true }))));
  return containers.length + volumes.length > 0;
}

/** Someone else may remove the same at the same time (404), or be at it (409). */
export async function ignoreAbsent(removal: Promise<unknown>): Promise<void> {
  try {
    await removal;
  } catch (error) {
    const status = engineStatus(error);
    if (status !== 404 && status !== 409) throw error;
  }
}
