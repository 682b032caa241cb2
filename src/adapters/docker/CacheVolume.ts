import type { Container, MountSettings } from 'dockerode';
import type Docker from 'dockerode';
import type { StudyPlan } from '../../core/study/StudyPlan.ts';
import { cacheVolumeName } from './containerName.ts';
import { cacheVolumePath } from './containerPaths.ts';
import { packArchive } from './packArchive.ts';
import { engineStatus } from './translateEngineError.ts';

/** Where a folder's scripts keep what they download, so that a second run finds it. */
export interface CacheVolume {
  /** Null where nothing was ever downloaded and nothing may be. */
  readonly mount: MountSettings | null;
  /** Lets everyone write to a fresh volume; call on the container before it starts. */
  open(container: Container): Promise<void>;
}

/** Finds the cache of a plan's folder; makes it where the plan may reach the network. */
export async function prepareCache(docker: Docker, plan: StudyPlan): Promise<CacheVolume> {
  const name = cacheVolumeName(plan.folder);
  const mount: MountSettings = { Type: 'volume', Source: name, Target: cacheVolumePath, ReadOnly: false };
  if (await exists(docker, name)) return { mount, open: async () => {} };
  if (!plan.network) return { mount: null, open: async () => {} };
  await docker.createVolume({ Name: name, Labels: { 'hone.cache': plan.folder } });
  return { mount, open: openToAll };
}

async function exists(docker: Docker, name: string): Promise<boolean> {
  try {
    await docker.getVolume(name).inspect();
    return true;
  } catch (error) {
    if (engineStatus(error) === 404) return false;
    throw error;
  }
}

async function openToAll(container: Container): Promise<void> {
  const folder = packArchive((archive) => void archive.entry({ name: 'files', type: 'directory', mode: 0o1777 }));
  await container.putArchive(folder, { path: cacheVolumePath });
}
