import type { EngineStorage } from '../../core/ports/EngineStorage.ts';
import { listImages, removeImages } from './listImages.ts';
import { listVolumes, removeVolumes } from './listVolumes.ts';
import { useEngine } from './useEngine.ts';

/** What Hone keeps on a Docker engine. `host` is spelled as in DOCKER_HOST, null finds it as docker does. */
export function createDockerStorage(host: string | null): EngineStorage {
  return {
    images: () => useEngine(host, listImages),
    volumes: () => useEngine(host, listVolumes),
    remove: (images, volumes) =>
      useEngine(host, async (docker) => [
        ...(images.length === 0 ? [] : await removeImages(docker, images)),
        ...(volumes.length === 0 ? [] : await removeVolumes(docker, volumes)),
      ]),
  };
}
