import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RunnerConnection, Runtime } from '../../src/core/ports/Runtime.ts';
import type { StudyPlan } from '../../src/core/study/StudyPlan.ts';
import { parseRunnerLine, renderRunnerLine, RUNNER_PROTOCOL, type FromRunner } from '../../src/protocol/runnerMessages.ts';

/** What a runtime is tested with: itself, and what a plan must say for it. */
export interface RuntimeUnderTest {
  readonly runtime: Runtime;
  readonly plan: Pick<StudyPlan, 'runtime' | 'image' | 'interpreter'>;
}

const never = new AbortController().signal;
type TrialEnded = Extract<FromRunner, { type: 'trial-ended' }>;

/** What every runtime promises: the same suite runs against containers and the user's own interpreter. */
export function describeRuntime(name: string, create: () => RuntimeUnderTest): void {
  describe(`${name} as a Runtime`, () => {
    let study: TestStudy;
    beforeEach(async () => (study = await TestStudy.create(create())));
    afterEach(() => study.dispose());

    test('runs a script on a copy of the snapshot, with data linked, and brings its files home', async () => {
      await study.write('data/rows.csv', 'größe,1\n');
      await study.write(
        '.hone/studies/s/source/train.py',
        'print(open("data/rows.csv", encoding="utf-8").read())\nopen("out.txt", "w").write("42")\n',
      );
      const { output, ended } = await study.run();
      expect(ended).toMatchObject({ state: 'complete', exitCode: 0 });
      expect(output).toContain('größe,1');
      expect(await readFile(join(study.directory, 'work', '0', 'artifacts', 'out.txt'), 'utf8')).toBe('42');
      expect(await study.read('data/rows.csv')).toBe('größe,1\n');
    });

    test('tells of a script that raises, and goes on living', async () => {
      await study.write('.hone/studies/s/source/train.py', 'x = 1\nraise ValueError("bad value")\n');
      const { ended } = await study.run();
      expect(ended).toMatchObject({ state: 'failed', error: { type: 'ValueError', message: 'bad value' } });
      expect(ended.error?.frames.at(-1)).toMatchObject({ path: 'train.py', line: 2, own: true });
    });

    test('stops a script that ignores being asked, within two seconds, and settles `ended`', async () => {
      await study.write(
        '.hone/studies/s/source/train.py',
        'import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nprint("up", flush=True)\ntime.sleep(600)\n',
      );
      const connection = await study.launch();
      study.start(connection);
      for await (const message of study.messages(connection)) if (message.type === 'output' && message.text.includes('up')) break;
      const startedAt = performance.now();
      await connection.dispose();
      await connection.dispose();
      await connection.ended;
      expect(performance.now() - startedAt).toBeLessThan(2000);
      await study.underTest.runtime.release('contract-1', study.folder);
      expect(await study.underTest.runtime.remove('contract-1', study.folder)).toBe(false);
    });

    test('finds ready what it made before', async () => {
      await study.prepare();
      expect(await study.prepare()).toMatchObject({ built: false });
    });

    test('ends its lines when the runner is told to go', async () => {
      const connection = await study.launch();
      connection.send(renderRunnerLine({ type: 'shutdown' }));
      for await (const message of study.messages(connection)) expect(message.type).toBe('ready');
      expect(await connection.ended).toMatchObject({ engineLost: false, outOfMemory: false });
    });
  });
}

/** A study on the disk, in a folder whose name asks for trouble. */
class TestStudy {
  readonly folder: string;
  readonly underTest: RuntimeUnderTest;
  #connection: RunnerConnection | null = null;

  static async create(underTest: RuntimeUnderTest): Promise<TestStudy> {
    const study = new TestStudy(await mkdtemp(join(tmpdir(), "hone it's „ä” ")), underTest);
    await study.write('data/rows.csv', '');
    await mkdir(join(study.directory, 'source'), { recursive: true });
    await mkdir(join(study.directory, 'work'), { recursive: true });
    return study;
  }

  private constructor(folder: string, underTest: RuntimeUnderTest) {
    this.folder = folder;
    this.underTest = underTest;
  }

  get directory(): string {
    return join(this.folder, '.hone', 'studies', 's');
  }

  async write(path: string, text: string): Promise<void> {
    await mkdir(join(this.folder, path, '..'), { recursive: true });
    await writeFile(join(this.folder, path), text);
  }

  read(path: string): Promise<string> {
    return readFile(join(this.folder, path), 'utf8');
  }

  prepare(): ReturnType<Runtime['prepare']> {
    return this.underTest.runtime.prepare(this.#plan(), () => {}, never);
  }

  /** A runner that knows where things are. */
  async launch(): Promise<RunnerConnection> {
    const connection = await this.underTest.runtime.launch(this.#plan(), await this.prepare(), this.directory, never);
    this.#connection = connection;
    const { source, work, links } = connection.paths;
    const link = { path: 'data', target: links[0] ?? '', directory: true };
    connection.send(
      renderRunnerLine({
        type: 'configure',
        protocol: RUNNER_PROTOCOL,
        source,
        work,
        links: [link],
        artifactBytes: 1e8,
        preload: [],
      }),
    );
    return connection;
  }

  start(connection: RunnerConnection): void {
    const trial = {
      trial: 0,
      repeat: 0,
      seed: null,
      script: 'train.py',
      module: false,
      arguments: [],
      directory: '',
      environment: {},
      files: {},
    };
    connection.send(
      renderRunnerLine({
        type: 'trial',
        ...trial,
        timeoutSeconds: null,
        metric: null,
        watch: [],
        checkpoint: null,
      }),
    );
  }

  async *messages(connection: RunnerConnection): AsyncGenerator<FromRunner> {
    for await (const line of connection.lines) {
      const message = parseRunnerLine(line);
      if (message !== null) yield message;
    }
  }

  async run(): Promise<{ output: string; ended: TrialEnded }> {
    const connection = await this.launch();
    this.start(connection);
    let output = '';
    for await (const message of this.messages(connection)) {
      if (message.type === 'output') output += message.text;
      if (message.type !== 'trial-ended') continue;
      await connection.collect(0);
      return { output, ended: message };
    }
    throw new Error(`The runner ended before its trial: ${(await connection.ended).diagnostics}`);
  }

  async dispose(): Promise<void> {
    await this.#connection?.dispose();
    await this.underTest.runtime.remove('contract-1', this.folder);
    await rm(this.folder, { recursive: true, force: true });
  }

  #plan(): StudyPlan {
    return {
      version: 1,
      study: 'contract-1',
      kind: 'run',
      name: null,
      folder: this.folder,
      root: '',
      script: 'train.py',
      framework: 'sklearn',
      family: 'classical',
      task: 'unknown',
      metric: null,
      target: null,
      ...this.underTest.plan,
      command: { script: 'train.py', module: false, arguments: [], directory: '', environment: {}, environmentFile: null },
      assignment: {},
      preload: [],
      watch: [],
      search: null,
      snapshot: [],
      links: [{ path: 'data', directory: true }],
      limits: { memoryBytes: 1e9, cpus: 2, trialMinutes: null, artifactBytes: 1e8 },
      notes: [],
      data: [],
      network: false,
      seed: 0,
      createdAt: 0,
    };
  }
}
