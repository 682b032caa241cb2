import type { ContainerCreateOptions, MountSettings } from 'dockerode';
import { pathInContainer } from '../../core/study/pathInContainer.ts';
import type { StudyPlan } from '../../core/study/StudyPlan.ts';
import { cachePath, homePath, runnerPath } from './containerPaths.ts';
import { containerName } from './containerName.ts';
import { studyLabels } from './studyLabels.ts';

/** What a container's making depends on besides its plan. */
export interface ContainerCircumstances {
  readonly image: string;
  readonly mounts: readonly MountSettings[];
  /** `uid:gid` that scripts run as. */
  readonly user: string;
  /** Whether the volume of downloads is mounted. */
  readonly cached: boolean;
  /** Whether a bundle of certificates is mounted, and where. */
  readonly certificates: string | null;
}

const MB = 1024 * 1024;

/** The container of a study: as little as a training script needs, and nothing of the machine but its own files. */
export function containerRequest(plan: StudyPlan, circumstances: ContainerCircumstances): ContainerCreateOptions {
  const mounted = plan.image?.runner === 'mounted';
  return {
    name: containerName(plan.study, plan.folder),
    Image: circumstances.image,
    ...(mounted
      ? { Entrypoint: ['/bin/sh', '-c', startMountedRunner], Cmd: [], WorkingDir: runnerPath }
      : { Cmd: ['serve'], WorkingDir: homePath }),
    User: circumstances.user,
    Env: Object.entries(environmentOf(plan, circumstances)).map(([name, value]) => `${name}=${value}`),
    Labels: studyLabels(plan.study, plan.folder),
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    OpenStdin: true,
    StdinOnce: false, // A supervisor that dies must not end the training with it.
    Tty: false,
    HostConfig: {
      ...limitsOf(plan),
      Mounts: [...circumstances.mounts, ...plan.data.map(dataMount)],
      NetworkMode: plan.network ? 'bridge' : 'none',
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      Privileged: false,
      ReadonlyRootfs: true,
      Tmpfs: { '/tmp': tmpfsOptions, [homePath]: tmpfsOptions },
      Init: true,
      RestartPolicy: { Name: 'no' },
      LogConfig: { Type: 'json-file', Config: { 'max-size': '10m', 'max-file': '2' } },
    },
  };
}

/** Data outside the folder lies where the code says that it lies. */
function dataMount(path: string): MountSettings {
  return { Type: 'bind', Source: path, Target: pathInContainer(path), ReadOnly: true };
}

/** Libraries that compile at run time load what they wrote to the temporary folder, so code may be executed from it. */
const tmpfsOptions = 'rw,exec,nosuid,nodev,mode=1777';

const startMountedRunner =
  'python=$(command -v python3 || command -v python) || { echo "The image holds no Python." >&2; exit 127; }; exec "$python" -m hone_runner serve';

function limitsOf(plan: StudyPlan): object {
  const { memoryBytes, cpus, sharedBytes } = plan.limits;
  const { gpus = null } = plan;
  return {
    PidsLimit: 4096,
    ShmSize: sharedBytes ?? 1024 * MB,
    ...(memoryBytes === null ? {} : { Memory: memoryBytes, MemorySwap: memoryBytes }),
    ...(cpus === null ? {} : { NanoCpus: Math.round(cpus * 1e9) }),
    ...(gpus === null ? {} : { DeviceRequests: [{ Count: gpus === 'all' ? -1 : gpus, Capabilities: [['gpu']] }] }),
  };
}

function environmentOf(
  { network, gpus = null }: StudyPlan,
  { cached, certificates }: ContainerCircumstances,
): Readonly<Record<string, string>> {
  return {
    HOME: homePath,
    USER: 'hone',
    LOGNAME: 'hone',
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONUNBUFFERED: '1',
    ...(cached ? cacheVariables : {}),
    ...(network ? {} : offlineVariables),
    // Without it, NVIDIA's runtime gives images that are not its own the tools alone.
    ...(gpus === null ? {} : { NVIDIA_DRIVER_CAPABILITIES: 'compute,utility' }),
    ...(certificates === null
      ? {}
      : { SSL_CERT_FILE: certificates, REQUESTS_CA_BUNDLE: certificates, CURL_CA_BUNDLE: certificates }),
  };
}

/**
 * Tracking services keep a run's records among its files, where there is no network to send them by. What the user sets is preferred.
 * MLflow does so unless it is told otherwise; its newer releases refuse the folder of files that older ones keep, so nothing is said to it.
 */
const offlineVariables = {
  WANDB_MODE: 'offline',
  HONE_OFFLINE: '1',
  NEPTUNE_MODE: 'offline',
  COMET_START_ONLINE: '0',
  CLEARML_OFFLINE_MODE: '1',
};

/** Where each library keeps what it downloads; without these it is the home, which is gone with the container. */
const cacheVariables = {
  XDG_CACHE_HOME: cachePath,
  KERAS_HOME: `${cachePath}/keras`,
  TORCH_HOME: `${cachePath}/torch`,
  HF_HOME: `${cachePath}/huggingface`,
  TFDS_DATA_DIR: `${cachePath}/tensorflow_datasets`,
  TFHUB_CACHE_DIR: `${cachePath}/tfhub`,
  SCIKIT_LEARN_DATA: `${cachePath}/scikit_learn_data`,
  NLTK_DATA: `${cachePath}/nltk_data`,
};
