import Docker from 'dockerode';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDockerRuntime } from '../../../src/adapters/docker/createDockerRuntime.ts';
import { probeEngine } from '../../../src/adapters/docker/probeEngine.ts';
import { recipeForImage } from '../../../src/core/images/recipeForImage.ts';
import type { RunnerConnection } from '../../../src/core/ports/Runtime.ts';
import type { StudyPlan } from '../../../src/core/study/StudyPlan.ts';
import { dockerDirectory, engineIsAbsent, plainImage, settings } from './testEngine.ts';

const never = new AbortController().signal;

describe('without an engine', () => {
  test('says so in one sentence, with the next step, in less than half a second', async () => {
    const startedAt = performance.now();
    const state = await probeEngine('unix:///nonexistent.sock');
    expect(performance.now() - startedAt).toBeLessThan(500);
    expect(state).toMatchObject({
      available: false,
      text: 'No Docker engine listens at unix:///nonexistent.sock (the setting).',
    });
    expect(state.next).toContain('--runtime local');
  });

  test('does not wait for an engine that is silent', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'hone-silent-'));
    const socket = join(directory, 's.sock');
    const server = createServer().listen(socket);
    const state = await probeEngine(`unix://${socket}`);
    server.close();
    await rm(directory, { recursive: true });
    expect(state).toMatchObject({ available: false, text: 'Docker does not answer in time.' });
  });

  test('fails to prepare with engine-absent', async () => {
    const runtime = createDockerRuntime({ settings, dockerDirectory, host: 'unix:///nonexistent.sock' });
    await expect(runtime.prepare(planIn('/nowhere'), () => {}, never)).rejects.toMatchObject({ code: 'engine-absent' });
  });
});

describe.skipIf(await engineIsAbsent())('a container', () => {
  const docker = new Docker();
  const runtime = createDockerRuntime({ settings, dockerDirectory, host: null });
  let folder: string;
  let connection: RunnerConnection | null = null;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hone-faults-'));
    await mkdir(join(folder, 'study/source'), { recursive: true });
    await writeFile(join(folder, 'study/source/train.py'), 'print(1)\n');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function launch(changes: Partial<StudyPlan> = {}): Promise<RunnerConnection> {
    await connection?.dispose();
    const plan = { ...planIn(folder), ...changes };
    connection = await runtime.launch(plan, await runtime.prepare(plan, () => {}, never), join(folder, 'study'), never);
    return connection;
  }

  test('has nothing of the machine but its own files, and no rights', async () => {
    const { container } = await launch();
    const { HostConfig, Config, Mounts, Name } = await docker.getContainer(container ?? '').inspect();
    expect(HostConfig).toMatchObject({
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      ReadonlyRootfs: true,
      Privileged: false,
      PidsLimit: 4096,
      ShmSize: 1024 ** 3,
      Init: true,
      NetworkMode: 'none',
      RestartPolicy: { Name: 'no' },
      LogConfig: { Type: 'json-file', Config: { 'max-size': '10m', 'max-file': '2' } },
      Memory: 500_000_000,
      MemorySwap: 500_000_000,
      NanoCpus: 1_500_000_000,
    });
    expect(Object.keys(HostConfig.Tmpfs ?? {}).sort()).toEqual(['/home/hone', '/tmp']);
    expect(Config.User).toBe(`${process.getuid?.()}:${process.getgid?.()}`);
    expect(Config.Env).toEqual(expect.arrayContaining(['HOME=/home/hone', 'USER=hone']));
    expect(Config.Labels).toMatchObject({ 'hone.study': 'faults-1', 'hone.workspace': folder });
    expect(Name).toMatch(/^\/hone-faults-1-[0-9a-f]{10}$/);
    const writable = Mounts.filter(({ RW }) => RW).map(({ Destination }) => Destination);
    expect(writable).toEqual(['/hone/work']);
  });

  test('is the lock of its study', async () => {
    await launch();
    const plan = planIn(folder);
    const second = runtime.launch(plan, await runtime.prepare(plan, () => {}, never), join(folder, 'study'), never);
    await expect(second).rejects.toMatchObject({ code: 'already-running' });
    expect((await docker.getContainer(connection?.container ?? '').inspect()).State.Running).toBe(true);
  });

  test('that ended does not stand in the way of the next', async () => {
    const first = await launch();
    await docker.getContainer(first.container ?? '').kill();
    expect(await first.ended).toMatchObject({ exitCode: 137, signal: 'SIGKILL', outOfMemory: false, engineLost: false });
    connection = null;
    const second = await launch();
    expect(second.container).not.toBe(first.container);
  });

  test('that needs more memory than its limit is told from one that was killed', async () => {
    const greedy = await launch({ limits: { memoryBytes: 30_000_000, cpus: 1, trialMinutes: null, artifactBytes: 1000 } });
    // The runner itself is made the hungry one: a line without an end fills its memory.
    for (let sent = 0; sent < 80; sent++) greedy.send('x'.repeat(1_000_000));
    expect(await greedy.ended).toMatchObject({ outOfMemory: true, signal: 'SIGKILL' });
  });

  test('is found by its label and removed with all that it has', async () => {
    await launch();
    expect(await runtime.remove('faults-1', folder)).toBe(true);
    expect(await runtime.remove('faults-1', folder)).toBe(false);
    expect(await connection?.ended).toBeDefined();
    await connection?.dispose();
  });

  test('is attached to again when the engine is back, and what was said meanwhile comes again', async () => {
    await connection?.dispose();
    const bridge = await bridgeTo('/var/run/docker.sock');
    const remote = createDockerRuntime({ settings, dockerDirectory, host: `unix://${bridge.path}` });
    const plan = planIn(folder);
    const cut = await remote.launch(plan, await remote.prepare(plan, () => {}, never), join(folder, 'study'), never);
    connection = cut;
    const states: string[] = [];
    cut.onDidChange((state) => states.push(state));
    await bridge.cut();
    await expect.poll(() => states, { timeout: 5000 }).toEqual(['lost']);
    await bridge.open();
    await expect.poll(() => states, { timeout: 5000 }).toEqual(['lost', 'attached']);
    cut.send('{"type":"resend"}\n');
    const kinds: string[] = [];
    for await (const line of cut.lines) {
      const { type, done = false } = JSON.parse(line) as { type: string; done?: boolean };
      kinds.push(type);
      if (done) break;
    }
    expect(kinds.slice(-3)).toEqual(['resending', 'ready', 'resending']);
    await bridge.cut();
  });

  test('is known to be lost when it is given up while the engine is away, and found by the next supervisor', async () => {
    await connection?.dispose();
    const bridge = await bridgeTo('/var/run/docker.sock');
    const remote = createDockerRuntime({ settings, dockerDirectory, host: `unix://${bridge.path}` });
    const plan = planIn(folder);
    const environment = await remote.prepare(plan, () => {}, never);
    await runtime.remove('faults-1', folder);
    const cut = await remote.launch(plan, environment, join(folder, 'study'), never);
    const lost = new Promise((resolve) => cut.onDidChange(resolve));
    await bridge.cut();
    await lost;
    await cut.dispose();
    expect(await cut.ended).toMatchObject({ engineLost: true, exitCode: null });
    for await (const line of cut.lines) expect(line).toBeDefined();
    await cut.collect(0);
    const found = await runtime.attach(plan, environment, join(folder, 'study'));
    expect(found?.container).toBe(cut.container);
    connection = found;
  });

  test('keeps downloads of one run for the next where the network is allowed', async () => {
    const { container } = await launch({ network: true });
    const write = await docker
      .getContainer(container ?? '')
      .exec({ Cmd: ['sh', '-c', 'echo kept > "$KERAS_HOME.txt"'], AttachStdout: true });
    const stream = await write.start({});
    await new Promise((resolve) => stream.resume().once('end', resolve));
    const second = await launch();
    const archive = await docker.getContainer(second.container ?? '').getArchive({ path: '/hone/cache/files/keras.txt' });
    (archive as unknown as { destroy(): void }).destroy();
    await second.dispose();
    const { Volumes: volumes } = await docker.listVolumes({ filters: JSON.stringify({ label: [`hone.cache=${folder}`] }) });
    expect(volumes).toHaveLength(1);
    await docker.getVolume(volumes[0]?.Name ?? '').remove();
  });
});

/** A socket that leads to another until it is cut. */
async function bridgeTo(target: string): Promise<{ path: string; cut: () => Promise<void>; open: () => Promise<void> }> {
  const path = join(await mkdtemp(join(tmpdir(), 'hone-bridge-')), 's.sock');
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (near) => {
    const far = connect({ path: target, allowHalfOpen: true });
    for (const socket of [near, far]) sockets.add(socket.on('error', () => socket.destroy()));
    near.pipe(far).pipe(near);
  });
  const open = (): Promise<void> => new Promise((resolve) => server.listen(path, resolve));
  const cut = async (): Promise<void> => {
    server.close();
    for (const socket of sockets) socket.destroy();
    await rm(path, { force: true });
  };
  await open();
  return { path, cut, open };
}

function planIn(folder: string): StudyPlan {
  return {
    version: 1,
    study: 'faults-1',
    kind: 'run',
    name: null,
    folder,
    root: '',
    script: 'train.py',
    framework: 'sklearn',
    family: 'classical',
    task: 'unknown',
    metric: null,
    target: null,
    runtime: 'docker',
    image: recipeForImage(plainImage),
    interpreter: null,
    command: { script: 'train.py', module: false, arguments: [], directory: '', environment: {}, environmentFile: null },
    assignment: {},
    preload: [],
    watch: [],
    search: null,
    snapshot: [],
    links: [],
    limits: { memoryBytes: 500_000_000, cpus: 1.5, trialMinutes: null, artifactBytes: 1e8 },
    notes: [],
    data: [],
    network: false,
    seed: 0,
    createdAt: 0,
  };
}
