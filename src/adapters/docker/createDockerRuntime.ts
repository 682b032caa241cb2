import type Docker from 'dockerode';
import { HoneError } from '../../base/HoneError.ts';
import { imageReference } from '../../core/images/imageReference.ts';
import type { ImageSettings } from '../../core/images/ImageSettings.ts';
import type { Runtime } from '../../core/ports/Runtime.ts';
import { completeIndexLogins } from '../completeIndexLogins.ts';
import { attachContainer } from './attachContainer.ts';
import { launchContainer } from './launchContainer.ts';
import type { Transfer } from './placeStudy.ts';
import { prepareImage } from './prepareImage.ts';
import { removeStudy } from './removeStudy.ts';
import { SharedWork } from './SharedWork.ts';
import { useEngine } from './useEngine.ts';

export interface DockerRuntimeOptions {
  readonly settings: ImageSettings;
  /** Absolute path of the folder that holds `images/` and `runner/`. */
  readonly dockerDirectory: string;
  /** Engine to talk to, as DOCKER_HOST spells it; null to find it as the docker command does. */
  readonly host: string | null;
  /** How files get into containers; found out where absent. */
  readonly transfer?: Transfer;
}

/** Trials in containers of a Docker engine. Nothing is loaded or contacted before the first call. */
export function createDockerRuntime(options: DockerRuntimeOptions): Runtime {
  const { settings, dockerDirectory, transfer = 'auto' } = options;
  const preparations = new SharedWork();
  const withEngine = <T>(work: (docker: Docker) => Promise<T>): Promise<T> => useEngine(options.host, work);
  return {
    kind: 'docker',
    prepare: ({ image: recipe, folder, root }, onProgress, signal) =>
      withEngine((docker) => {
        if (recipe === null) throw new HoneError('internal', 'The plan names no image.');
        const prepare = async (report: typeof onProgress, stop: AbortSignal) =>
          prepareImage(docker, recipe, await completeIndexLogins(settings, recipe, { folder, root }), report, stop);
        return preparations.join(imageReference(recipe), prepare, onProgress, signal);
      }),
    launch: (plan, environment, studyDirectory, signal) =>
      withEngine((docker) =>
        launchContainer(docker, { plan, environment, studyDirectory, dockerDirectory, settings, transfer }, signal),
      ),
    attach: (plan, environment, studyDirectory) =>
      withEngine((docker) => attachContainer(docker, { plan, environment, studyDirectory, dockerDirectory, settings, transfer })),
    release: async (study, folder) => void (await withEngine((docker) => removeStudy(docker, study, folder, { looks: false }))),
    remove: (study, folder) => withEngine((docker) => removeStudy(docker, study, folder)),
  };
}
