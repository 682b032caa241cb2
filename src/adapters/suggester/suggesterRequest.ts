import type { ContainerCreateOptions } from 'dockerode';
import type { StudyPlan } from '../../core/study/StudyPlan.ts';
import { containerName } from '../docker/containerName.ts';
import { studyLabels } from '../docker/studyLabels.ts';

const MB = 1024 * 1024;

/** The container that suggests: it computes on what it is told, and may do nothing else. It goes with whoever holds its input. */
export function suggesterRequest(
  { study, folder }: Pick<StudyPlan, 'study' | 'folder'>,
  image: string,
  user: string,
): ContainerCreateOptions {
  return {
    name: `${containerName(study, folder)}-suggester`,
    Image: image,
    User: user,
    // One thread: the processors are for training.
    Env: ['OMP_NUM_THREADS=1', 'OPENBLAS_NUM_THREADS=1', 'PYTHONDONTWRITEBYTECODE=1', 'PYTHONUNBUFFERED=1', 'HOME=/tmp'],
    Labels: { ...studyLabels(study, folder), 'hone.role': 'suggester' },
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    OpenStdin: true,
    StdinOnce: true,
    Tty: false,
    HostConfig: {
      Memory: 1024 * MB,
      MemorySwap: 1024 * MB,
      PidsLimit: 256,
      NetworkMode: 'none',
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      Privileged: false,
      ReadonlyRootfs: true,
      Tmpfs: { '/tmp': 'rw,noexec,nosuid,nodev,mode=1777,size=64m' },
      Init: true,
      RestartPolicy: { Name: 'no' },
      LogConfig: { Type: 'json-file', Config: { 'max-size': '1m', 'max-file': '1' } },
    },
  };
}
