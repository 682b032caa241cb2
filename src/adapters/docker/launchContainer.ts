import type { Container, MountSettings } from 'dockerode';
import type Docker from 'dockerode';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { HoneError } from '../../base/HoneError.ts';
import type { ImageSettings } from '../../core/images/ImageSettings.ts';
import type { Environment, RunnerConnection } from '../../core/ports/Runtime.ts';
import type { StudyPlan } from '../../core/study/StudyPlan.ts';
import { prepareCache } from './CacheVolume.ts';
import { ContainerRunner } from './ContainerRunner.ts';
import { containerName } from './containerName.ts';
import { certificatesPath, dataPath, runnerPath, sourcePath } from './containerPaths.ts';
import { containerRequest } from './containerRequest.ts';
import { findContainerUser } from './findContainerUser.ts';
import { placeByBind, sharesFiles } from './placeByBind.ts';
import { placeByVolume } from './placeByVolume.ts';
import { ignoreAbsent } from './removeStudy.ts';
import { reserveContainer } from './reserveContainer.ts';
import { studyLabels } from './studyLabels.ts';
import type { Input, StudyPlacement } from './StudyPlacement.ts';
import { engineStatus } from './translateEngineError.ts';

/** How files get into containers: shared with the engine, through volumes, or whatever turns out to work. */
export type Transfer = 'bind' | 'volume' | 'auto';

export interface LaunchRequest {
  readonly plan: StudyPlan;
  readonly environment: Environment;
  readonly studyDirectory: string;
  readonly dockerDirectory: string;
  readonly settings: ImageSettings;
  readonly transfer: Transfer;
}

interface PlacedContainer {
  readonly container: Container;
  readonly placement: StudyPlacement;
}

/** Starts a study's container, attached before its first byte. Throws HoneError already-running or cancelled, and the client's errors. */
export async function launchContainer(docker: Docker, request: LaunchRequest, signal: AbortSignal): Promise<RunnerConnection> {
  await mkdir(join(request.studyDirectory, 'work'), { recursive: true });
  const placed =
    (request.transfer === 'volume' ? null : await createShared(docker, request)) ?? (await createApart(docker, request));
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
    await discard(placed);
    throw error;
  }
}

/** A container with the study's own folders in it; null where the engine does not see this machine's files. */
async function createShared(docker: Docker, request: LaunchRequest): Promise<PlacedContainer | null> {
  const work = join(request.studyDirectory, 'work');
  const placement = placeByBind(inputsOf(request), work, linkPaths(request.plan), sourcePath);
  let container: Container;
  try {
    container = await createContainer(docker, request, placement.mounts);
  } catch (error) {
    // The path does not exist over there, or is not shared with it.
    if (
      request.transfer === 'auto' &&
      engineStatus(error) !== null &&
      /bind source path|mounts denied|not shared|file sharing/i.test(String(error))
    )
      return null;
    throw error;
  }
  if (request.transfer === 'bind' || (await sharesFiles(container, work))) return { container, placement };
  await discard({ container, placement });
  return null;
}

async function createApart(docker: Docker, request: LaunchRequest): Promise<PlacedContainer> {
  const { plan, environment } = request;
  const placement = await placeByVolume(docker, {
    name: containerName(plan.study, plan.folder),
    labels: studyLabels(plan.study, plan.folder),
    image: environment.image,
    user: await findContainerUser(docker),
    inputs: inputsOf(request),
    work: join(request.studyDirectory, 'work'),
    links: linkPaths(plan),
    source: sourcePath,
    artifactBytes: plan.limits.artifactBytes,
  });
  try {
    return { container: await createContainer(docker, request, placement.mounts), placement };
  } catch (error) {
    // The volumes of a study that runs elsewhere are not ours to remove.
    if (!(error instanceof HoneError && error.code === 'already-running')) await placement.dispose();
    throw error;
  }
}

async function createContainer(
  docker: Docker,
  { plan, environment, settings }: LaunchRequest,
  mounts: readonly MountSettings[],
): Promise<Container> {
  const cache = await prepareCache(docker, plan);
  const container = await reserveContainer(
    docker,
    containerRequest(plan, {
      image: environment.image,
      mounts: cache.mount === null ? mounts : [...mounts, cache.mount],
      user: await findContainerUser(docker),
      cached: cache.mount !== null,
      certificates: plan.network && settings.caBundle !== null ? certificatesPath : null,
    }),
  );
  await cache.open(container);
  return container;
}

function inputsOf({ plan, studyDirectory, dockerDirectory, settings }: LaunchRequest): readonly Input[] {
  const links = plan.links.map(({ path }, index) => ({ from: join(plan.folder, plan.root, path), to: `${dataPath}/${index}` }));
  const runner = plan.image?.runner === 'mounted' ? [{ from: join(dockerDirectory, 'runner'), to: runnerPath }] : [];
  const certificates = plan.network && settings.caBundle !== null ? [{ from: settings.caBundle, to: certificatesPath }] : [];
  return [{ from: join(studyDirectory, 'source'), to: sourcePath }, ...links, ...runner, ...certificates];
}

function linkPaths(plan: StudyPlan): readonly string[] {
  return plan.links.map((_link, index) => `${dataPath}/${index}`);
}

async function discard({ container, placement }: PlacedContainer): Promise<void> {
  await ignoreAbsent(container.remove({ force: true, v: true }));
  await placement.dispose();
}
