import type { Container, MountSettings } from 'dockerode';
import type Docker from 'dockerode';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import type { ImageSettings } from '../../core/images/ImageSettings.ts';
import type { Environment, RunnerConnection } from '../../core/ports/Runtime.ts';
import type { StudyPlan } from '../../core/study/StudyPlan.ts';
import { linkSources } from '../linkSources.ts';
import { prepareCache } from './CacheVolume.ts';
import { ContainerRunner } from './ContainerRunner.ts';
import { containerName } from './containerName.ts';
import { certificatesPath, dataPath, runnerPath, sourcePath } from './containerPaths.ts';
import { containerRequest } from './containerRequest.ts';
import { findContainerUser } from './findContainerUser.ts';
import { placeStudy, type Transfer } from './placeStudy.ts';
import { ignoreAbsent } from './removeStudy.ts';
import { reserveContainer } from './reserveContainer.ts';
import type { Input } from './StudyPlacement.ts';

export interface LaunchRequest {
  readonly plan: StudyPlan;
  readonly environment: Environment;
  readonly studyDirectory: string;
  readonly dockerDirectory: string;
  readonly settings: ImageSettings;
  readonly transfer: Transfer;
}

/** Starts a study's container, attached before its first byte. Throws HoneError already-running or cancelled, and the client's errors. */
export async function launchContainer(docker: Docker, request: LaunchRequest, signal: AbortSignal): Promise<RunnerConnection> {
  const { plan, environment, studyDirectory, transfer } = request;
  const work = join(studyDirectory, 'work');
  await mkdir(work, { recursive: true });
  const placed = await placeStudy(docker, {
    plan,
    image: environment.image,
    name: containerName(plan.study, plan.folder),
    inputs: inputsOf(request),
    work,
    transfer,
    create: ({ mounts }) => createContainer(docker, request, mounts),
  });
  try {
    signal.throwIfAborted();
    const attach = { stream: true, stdin: true, stdout: true, stderr: true, hijack: true };
    const stream = (await placed.container.attach(attach)) as unknown as Duplex;
    await placed.container.start();
    const runner = new ContainerRunner(placed.container, placed.placement, stream);
    if (signal.aborted) await runner.dispose();
    signal.throwIfAborted();
    return runner;
  } catch (error) {
    // What it was placed with stays: an earlier container may have left there what this one was to go on from.
    await ignoreAbsent(placed.container.remove({ force: true, v: true }));
    throw error;
  }
}

/** What a container of a plan is made with on this engine; `mounts` are the study's own. */
export async function circumstancesOf(
  docker: Docker,
  { plan, environment, settings }: Pick<LaunchRequest, 'plan' | 'environment' | 'settings'>,
  mounts: readonly MountSettings[],
): Promise<{
  readonly circumstances: Parameters<typeof containerRequest>[1];
  readonly open: (container: Container) => Promise<void>;
}> {
  const cache = await prepareCache(docker, plan);
  const circumstances = {
    image: environment.image,
    mounts: cache.mount === null ? mounts : [...mounts, cache.mount],
    user: await findContainerUser(docker),
    cached: cache.mount !== null,
    certificates: plan.network && settings.caBundle !== null ? certificatesPath : null,
  };
  return { circumstances, open: (container) => cache.open(container) };
}

async function createContainer(docker: Docker, request: LaunchRequest, mounts: readonly MountSettings[]): Promise<Container> {
  const { circumstances, open } = await circumstancesOf(docker, request, mounts);
  const container = await reserveContainer(docker, containerRequest(request.plan, circumstances));
  await open(container);
  return container;
}

/** What a study's containers see: the snapshot, linked data, the runner where the image has none, certificates where it has the network. */
export function inputsOf({
  plan,
  studyDirectory,
  dockerDirectory,
  settings,
}: Omit<LaunchRequest, 'environment' | 'transfer'>): readonly Input[] {
  const links = linkSources(plan).map((from, index) => ({ from, to: `${dataPath}/${index}` }));
  const runner = plan.image?.runner === 'mounted' ? [{ from: join(dockerDirectory, 'runner'), to: runnerPath }] : [];
  const certificates = plan.network && settings.caBundle !== null ? [{ from: settings.caBundle, to: certificatesPath }] : [];
  return [{ from: join(studyDirectory, 'source'), to: sourcePath }, ...links, ...runner, ...certificates];
}
