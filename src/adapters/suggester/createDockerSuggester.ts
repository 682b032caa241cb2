import type Docker from 'dockerode';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import type { ImageSettings } from '../../core/images/ImageSettings.ts';
import { suggesterRecipe } from '../../core/images/suggesterRecipe.ts';
import type { Suggester } from '../../core/ports/Suggester.ts';
import type { StudyPlan } from '../../core/study/StudyPlan.ts';
import { ContainerRunner } from '../docker/ContainerRunner.ts';
import { findContainerUser } from '../docker/findContainerUser.ts';
import { prepareImage } from '../docker/prepareImage.ts';
import { ignoreAbsent } from '../docker/removeStudy.ts';
import { reserveContainer } from '../docker/reserveContainer.ts';
import type { StudyPlacement } from '../docker/StudyPlacement.ts';
import { useEngine } from '../docker/useEngine.ts';
import { createSuggester } from './createSuggester.ts';
import type { SuggesterProcess } from './QuestionLine.ts';
import { readSuggesterSources } from './readSuggesterSources.ts';
import { suggesterRequest } from './suggesterRequest.ts';

export interface DockerSuggesterOptions {
  readonly settings: ImageSettings;
  /** Absolute path of the folder that holds `suggester/`. */
  readonly dockerDirectory: string;
  /** As for the runtime. */
  readonly host: string | null;
  readonly plan: Pick<StudyPlan, 'study' | 'folder'>;
}

/** Optuna in a container of its own, beside the one that trains: without network, without any file of this machine's. */
export function createDockerSuggester(options: DockerSuggesterOptions): Suggester {
  return createSuggester((signal) => useEngine(options.host, (docker) => launch(docker, options, signal)));
}

async function launch(docker: Docker, options: DockerSuggesterOptions, signal: AbortSignal): Promise<SuggesterProcess> {
  const { settings, dockerDirectory, plan } = options;
  const recipe = suggesterRecipe(await readSuggesterSources(join(dockerDirectory, 'suggester')), settings, hash);
  const { image } = await prepareImage(docker, recipe, settings, () => {}, signal);
  const container = await reserveContainer(docker, suggesterRequest(plan, image, await findContainerUser(docker)));
  try {
    signal.throwIfAborted();
    const attach = { stream: true, stdin: true, stdout: true, stderr: true, hijack: true };
    const stream = (await container.attach(attach)) as unknown as Duplex;
    await container.start();
    return new ContainerRunner(container, NO_FILES, stream, { reattaches: false });
  } catch (error) {
    await ignoreAbsent(container.remove({ force: true, v: true }));
    throw error;
  }
}

const NO_FILES: StudyPlacement = {
  mounts: [],
  paths: { source: '', work: '', links: [] },
  collect: async () => {},
  dispose: async () => {},
};

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
