import { describe, expect, test } from 'vitest';
import { containerRequest } from '../../../../src/adapters/docker/containerRequest.ts';
import { givesGpus } from '../../../../src/adapters/docker/probeEngine.ts';
import type { StudyPlan } from '../../../../src/core/study/StudyPlan.ts';
import { buildPlan } from '../../../fakes/buildPlan.ts';

const circumstances = { image: 'hone/keras:1', mounts: [], user: '1000:1000', cached: false, certificates: null };

function request(parts: Partial<StudyPlan> = {}): ReturnType<typeof containerRequest> {
  return containerRequest(buildPlan({}, parts), circumstances);
}

describe('the container of a study', () => {
  test('has the limits that hone.yaml names, and 1 GB of shared memory where it names none', () => {
    const limits = { memoryBytes: 4e9, cpus: 1.5, sharedBytes: 2e9, trialMinutes: null, artifactBytes: 1 };
    expect(request({ limits }).HostConfig).toMatchObject({ Memory: 4e9, MemorySwap: 4e9, NanoCpus: 1.5e9, ShmSize: 2e9 });
    expect(request({ limits: { ...limits, sharedBytes: null } }).HostConfig?.ShmSize).toBe(1024 ** 3);
  });

  test.each([
    ['all', -1],
    [2, 2],
  ] as const)('asks for %s GPUs where hone.yaml does', (gpus, count) => {
    const { HostConfig, Env } = request({ gpus });
    expect(HostConfig?.DeviceRequests).toEqual([{ Count: count, Capabilities: [['gpu']] }]);
    expect(Env).toContain('NVIDIA_DRIVER_CAPABILITIES=compute,utility');
  });

  test('asks for no GPU otherwise, as engines without any refuse that', () => {
    expect(request().HostConfig).not.toHaveProperty('DeviceRequests');
  });

  test('keeps what tracking services record among its files where it has no network', () => {
    expect(request({ network: false }).Env).toEqual(
      expect.arrayContaining(['WANDB_MODE=offline', 'NEPTUNE_MODE=offline', 'COMET_START_ONLINE=0']),
    );
    expect(request({ network: true }).Env?.join(' ')).not.toMatch(/WANDB|MLFLOW|NEPTUNE|COMET|CLEARML/);
  });

  test('sees data where it lies, and cannot write to it', () => {
    expect(request({ data: ['/sets/a', 'C:\\sets'] }).HostConfig?.Mounts).toEqual([
      { Type: 'bind', Source: '/sets/a', Target: '/sets/a', ReadOnly: true },
      { Type: 'bind', Source: 'C:\\sets', Target: '/c/sets', ReadOnly: true },
    ]);
  });
});

test.each([
  [{ Runtimes: { runc: {}, nvidia: { path: 'nvidia-container-runtime' } } }, true],
  [{ Runtimes: { runc: {} }, DiscoveredDevices: [{ Source: 'cdi', ID: 'nvidia.com/gpu=0' }] }, true],
  [{ Runtimes: { runc: {} }, DiscoveredDevices: [{ Source: 'cdi', ID: 'docker.com/gpu=webgpu' }] }, false],
  [{ Runtimes: { runc: {} }, DiscoveredDevices: null }, false],
  ['nonsense', false],
])('an engine that says %j gives GPUs: %j', (info, gives) => {
  expect(givesGpus(info)).toBe(gives);
});
