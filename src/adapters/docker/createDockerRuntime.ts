import type { ImageSettings } from '../../core/images/ImageSettings.ts';
import type { Runtime } from '../../core/ports/Runtime.ts';
import { HoneError } from '../../base/HoneError.ts';

export interface DockerRuntimeOptions {
  readonly settings: ImageSettings;
  /** Absolute path of the folder that holds `images/` and `runner/`. */
  readonly dockerDirectory: string;
  /** Engine to talk to, as DOCKER_HOST spells it; null to find it as the docker command does. */
  readonly host: string | null;
}

/** Trials in containers of a Docker engine. Nothing is loaded or contacted before the first call. */
export function createDockerRuntime(_options: DockerRuntimeOptions): Runtime {
  const absent = (): never => {
    throw new HoneError('engine-absent', 'No container engine answers.', { next: 'Start Docker.' });
  };
  return { kind: 'docker', prepare: async () => absent(), launch: async () => absent(), remove: async () => absent() };
}
