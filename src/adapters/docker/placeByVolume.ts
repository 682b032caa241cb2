import type { Container } from 'dockerode';
import type Docker from 'dockerode';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { workPath } from './containerPaths.ts';
import { packArchive } from './packArchive.ts';
import { packInputs } from './packInputs.ts';
import type { Input, StudyPlacement } from './StudyPlacement.ts';
import { engineStatus } from './translateEngineError.ts';
import { unpackArchive } from './unpackArchive.ts';

export interface VolumeRequest {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly image: string;
  /** `uid:gid` that trials run as. */
  readonly user: string;
  readonly inputs: readonly Input[];
  /** `work` on this machine. */
  readonly work: string;
  readonly links: readonly string[];
  readonly source: string;
  /** Most that one trial may bring back. */
  readonly artifactBytes: number;
}

/** A fresh volume belongs to root; this folder in it to the trials' user. */
const trialsPath = `${workPath}/trials`;

/** Beyond the artifacts themselves: folders, and what a trial that was killed left. */
const SLACK_BYTES = 64 * 1024 * 1024;
const ENTRIES = 100_000;

/** For engines that do not see this machine's files: inputs go up into one volume, trials come back out of another. */
export async function placeByVolume(docker: Docker, request: VolumeRequest): Promise<StudyPlacement> {
  const [input, work] = volumesOf(request);
  for (const Name of [input, work]) await docker.createVolume({ Name, Labels: { ...request.labels } });
  await upload(docker, request, { input, work });
  return placementOf(docker, request);
}

/** The same where the volumes are there already, with what trials left in them. */
export function placementOf(docker: Docker, request: VolumeRequest): StudyPlacement {
  const [input, work] = volumesOf(request);
  return {
    mounts: [
      { Type: 'volume', Source: input, Target: '/hone', ReadOnly: true },
      { Type: 'volume', Source: work, Target: workPath, ReadOnly: false },
    ],
    paths: { source: request.source, work: trialsPath, links: request.links },
    collect: (container, trial) => collect(container, trial, request),
    dispose: async () => {
      await Promise.all([input, work].map((volume) => removeVolume(docker, volume)));
    },
  };
}

function volumesOf({ name }: VolumeRequest): readonly [input: string, work: string] {
  return [`${name}-input`, `${name}-work`];
}

/** Archives go into volumes by way of a container that has them writable; it is never started. */
async function upload(docker: Docker, request: VolumeRequest, volumes: { input: string; work: string }): Promise<void> {
  const [uid = 0, gid = 0] = request.user.split(':').map(Number);
  const carrier = await docker.createContainer({
    Image: request.image,
    Entrypoint: ['none'],
    Labels: { ...request.labels },
    HostConfig: {
      NetworkMode: 'none',
      Mounts: [
        { Type: 'volume', Source: volumes.input, Target: '/hone/input', VolumeOptions: noCopy },
        { Type: 'volume', Source: volumes.work, Target: '/hone/work', VolumeOptions: noCopy },
      ],
    },
  });
  try {
    const trials = packArchive((archive) => void archive.entry({ name: 'trials', type: 'directory', mode: 0o700, uid, gid }));
    await carrier.putArchive(trials, { path: '/hone/work' });
    await carrier.putArchive(packInputs(request.inputs, ['work', 'cache', 'data']), { path: '/hone/input' });
  } finally {
    await carrier.remove({ force: true });
  }
}

/** The image's own files at that path stay out of the volume. */
const noCopy = { NoCopy: true, Labels: {}, DriverConfig: { Name: 'local', Options: {} } };

async function collect(container: Container, trial: number, request: VolumeRequest): Promise<void> {
  const target = join(request.work, String(trial));
  let archive: Readable;
  try {
    archive = (await container.getArchive({ path: `${trialsPath}/${trial}` })) as Readable;
  } catch (error) {
    if (engineStatus(error) === 404) return; // The trial left nothing, or its container is gone.
    throw error;
  }
  await rm(target, { recursive: true, force: true });
  await mkdir(request.work, { recursive: true });
  await unpackArchive(archive, request.work, { bytes: request.artifactBytes + SLACK_BYTES, entries: ENTRIES });
}

async function removeVolume(docker: Docker, name: string): Promise<void> {
  try {
    await docker.getVolume(name).remove({ force: true });
  } catch (error) {
    if (engineStatus(error) !== 404) throw error;
  }
}
