import type { Container } from 'dockerode';
import type Docker from 'dockerode';
import type { StudyPlan } from '../../core/study/StudyPlan.ts';
import { dataPath, sourcePath, workPath } from './containerPaths.ts';
import { findContainerUser } from './findContainerUser.ts';
import { placeByBind, sharesFiles } from './placeByBind.ts';
import { placementOf, placeByVolume, type VolumeRequest } from './placeByVolume.ts';
import { ignoreAbsent } from './removeStudy.ts';
import { studyLabels } from './studyLabels.ts';
import type { Input, StudyPlacement } from './StudyPlacement.ts';
import { engineStatus } from './translateEngineError.ts';

/** How files get into containers: shared with the engine, through volumes, or whatever turns out to work. */
export type Transfer = 'bind' | 'volume' | 'auto';

export interface PlacementRequest {
  readonly plan: StudyPlan;
  readonly image: string;
  /** Of the container, and of volumes that are made for it. */
  readonly name: string;
  readonly inputs: readonly Input[];
  /** Absolute path of the folder that containers write to; it exists. */
  readonly work: string;
  readonly transfer: Transfer;
  readonly create: (placement: StudyPlacement) => Promise<Container>;
}

export interface PlacedContainer {
  readonly container: Container;
  readonly placement: StudyPlacement;
}

/** A container that was made and not started, with a study's files in it. Throws HoneError already-running, and the client's errors. */
export async function placeStudy(docker: Docker, request: PlacementRequest): Promise<PlacedContainer> {
  return (request.transfer === 'volume' ? null : await createShared(request)) ?? createApart(docker, request);
}

/** Removes a placed container and what was made for it. */
export async function discard({ container, placement }: PlacedContainer): Promise<void> {
  await ignoreAbsent(container.remove({ force: true, v: true }));
  await placement.dispose();
}

/** Where a plan's linked data is in a container. */
export function linkPaths(plan: StudyPlan): readonly string[] {
  return plan.links.map((_link, index) => `${dataPath}/${index}`);
}

/** A container with the study's own folders in it; null where the engine does not see this machine's files. */
async function createShared({ plan, inputs, work, transfer, create }: PlacementRequest): Promise<PlacedContainer | null> {
  const placement = placeByBind(inputs, work, linkPaths(plan), sourcePath);
  let container: Container;
  try {
    container = await create(placement);
  } catch (error) {
    // The path does not exist over there, or is not shared with it.
    const absent = /bind source path|mounts denied|not shared|file sharing/i.test(String(error));
    if (transfer === 'auto' && engineStatus(error) !== null && absent) return null;
    throw error;
  }
  if (transfer === 'bind' || (await sharesFiles(container, work))) return { container, placement };
  await discard({ container, placement });
  return null;
}

async function createApart(docker: Docker, request: PlacementRequest): Promise<PlacedContainer> {
  const placement = await placeByVolume(docker, await volumeRequestOf(docker, request));
  return { container: await request.create(placement), placement };
}

/** How the files of a container that was made earlier get into it and back: as its mounts tell. */
export async function findPlacement(
  docker: Docker,
  request: Omit<PlacementRequest, 'create' | 'transfer'>,
  mounts: readonly { readonly Type?: string; readonly Destination: string }[],
): Promise<StudyPlacement> {
  const isApart = mounts.some(({ Type, Destination }) => Type === 'volume' && Destination === workPath);
  if (isApart) return placementOf(docker, await volumeRequestOf(docker, request));
  return placeByBind(request.inputs, request.work, linkPaths(request.plan), sourcePath);
}

async function volumeRequestOf(
  docker: Docker,
  { plan, image, name, inputs, work }: Omit<PlacementRequest, 'create' | 'transfer'>,
): Promise<VolumeRequest> {
  return {
    name,
    labels: studyLabels(plan.study, plan.folder),
    image,
    user: await findContainerUser(docker),
    inputs,
    work,
    links: linkPaths(plan),
    source: sourcePath,
    artifactBytes: plan.limits.artifactBytes,
  };
}
