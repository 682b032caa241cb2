import type { Container, ContainerCreateOptions } from 'dockerode';
import type Docker from 'dockerode';
import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImageSettings } from '../../core/images/ImageSettings.ts';
import type { Inspection } from '../../core/ports/Inspector.ts';
import { renderLookJob, type LookAction } from '../lookJob.ts';
import { containerName } from './containerName.ts';
import { lookArtifactsPath, lookJobPath, runnerPath, sourcePath } from './containerPaths.ts';
import { containerRequest } from './containerRequest.ts';
import { circumstancesOf, inputsOf } from './launchContainer.ts';
import { discard, linkPaths, placeStudy, type Transfer } from './placeStudy.ts';
import type { Input, StudyPlacement } from './StudyPlacement.ts';

export interface LookRequest {
  readonly inspection: Inspection;
  readonly action: LookAction;
  /** With a terminal of its own. */
  readonly tty: boolean;
  readonly dockerDirectory: string;
  readonly settings: ImageSettings;
  readonly transfer: Transfer;
}

/** A container that was made for a look into a trial, and not started. */
export interface LookContainer {
  readonly container: Container;
  /** The trial's tree in it. */
  readonly tree: string;
  /** Removes it with all that was made for it; safe to call twice. */
  dispose(): Promise<void>;
}

/** Makes a container like the trial's own: its image, files, limits and walls. The runner is brought along, since the image may have an older one. */
export async function createLookContainer(docker: Docker, request: LookRequest): Promise<LookContainer> {
  const { inspection, action, transfer } = request;
  const { plan, environment, studyDirectory, trial } = inspection;
  const id = randomUUID().slice(0, 8);
  const folder = join(studyDirectory, `look-${id}`);
  const work = join(folder, 'work');
  const removeFolder = (): Promise<void> => rm(folder, { recursive: true, force: true, maxRetries: 3 });
  const paths = { source: sourcePath, links: linkPaths(plan), artifacts: lookArtifactsPath };
  try {
    await mkdir(work, { recursive: true });
    await writeFile(join(folder, 'job.json'), renderLookJob(inspection, paths, action));
    const name = `${containerName(plan.study, plan.folder)}-look-${id}`;
    const placed = await placeStudy(docker, {
      plan,
      image: environment.image,
      name,
      inputs: lookInputs(request, join(folder, 'job.json')),
      work,
      transfer,
      create: (placement) => createContainer(docker, request, name, placement),
    });
    const end = async (): Promise<void> => {
      await discard(placed);
      await removeFolder();
    };
    let ending: Promise<void> | null = null;
    return { container: placed.container, tree: treeIn(placed.placement, trial), dispose: () => (ending ??= end()) };
  } catch (error) {
    await removeFolder();
    throw error;
  }
}

function lookInputs(request: LookRequest, job: string): readonly Input[] {
  const { inspection, dockerDirectory } = request;
  const { artifacts } = inspection;
  const own = inputsOf({ ...inspection, ...request }).filter(({ to }) => to !== runnerPath);
  const written = artifacts === null ? [] : [{ from: artifacts, to: lookArtifactsPath }];
  return [...own, { from: join(dockerDirectory, 'runner'), to: runnerPath }, { from: job, to: lookJobPath }, ...written];
}

async function createContainer(
  docker: Docker,
  request: LookRequest,
  name: string,
  placement: StudyPlacement,
): Promise<Container> {
  const { inspection, settings, tty } = request;
  const { circumstances, open } = await circumstancesOf(docker, { ...inspection, settings }, placement.mounts);
  const usual = containerRequest(inspection.plan, circumstances);
  const changes: ContainerCreateOptions = {
    name,
    Entrypoint: ['/bin/sh', '-c', START, 'sh', lookJobPath, treeIn(placement, inspection.trial)],
    Cmd: [],
    WorkingDir: runnerPath,
    Env: [...(usual.Env ?? []), ...Object.entries(inspection.variables).map(([key, value]) => `${key}=${value}`)],
    Tty: tty,
    StdinOnce: true, // Whoever looks is gone when the connection is.
    ...(request.action.action === 'shell' ? {} : { OpenStdin: false, AttachStdin: false }),
  };
  const container = await docker.createContainer({ ...usual, ...changes });
  await open(container);
  return container;
}

const START =
  'python=$(command -v python3 || command -v python) || { echo "The image holds no Python." >&2; exit 127; }; exec "$python" -m hone_runner look "$1" "$2"';

function treeIn({ paths }: StudyPlacement, trial: number): string {
  return `${paths.work}/${trial}/tree`;
}
