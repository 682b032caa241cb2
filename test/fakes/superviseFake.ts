import { join } from 'node:path';
import { createStudyList } from '../../src/adapters/files/createStudyList.ts';
import type { StudyList } from '../../src/core/ports/StudyList.ts';
import { expect } from 'vitest';
import { createProjectReader } from '../../src/adapters/files/createProjectReader.ts';
import { createFileStudyStore } from '../../src/adapters/files/FileStudyStore.ts';
import { createSupervisorLink } from '../../src/adapters/supervisor/createSupervisorLink.ts';
import { readStudy } from '../../src/app/followStudy.ts';
import { superviseStudy } from '../../src/app/superviseStudy.ts';
import type { Study } from '../../src/core/study/Study.ts';
import type { StudyPlan } from '../../src/core/study/StudyPlan.ts';
import type { ToSupervisor } from '../../src/protocol/supervisorMessages.ts';
import { createQuietNotices } from './createQuietNotices.ts';
import { FakeRuntime, type FakeRunner, type FakeRuntimeOptions } from './FakeRuntime.ts';

export const store = createFileStudyStore();
export const link = createSupervisorLink({ commandLine: '/nowhere', environment: async () => ({}), directory: store.directory });
const ready = { type: 'ready', protocol: 1, python: '3.11.2', packages: { keras: '3.15.1' }, pid: 1 } as const;
const measured = { name: 'accuracy', value: 0.9, data: 'test', source: 'hook', direction: 'maximize', rows: 450 };
/** What a runner says of a trial that went well. */
export const ended = {
  type: 'trial-ended',
  trial: 0,
  repeat: 0,
  state: 'complete',
  result: measured,
  seconds: 2,
  exitCode: 0,
  signal: null,
  reason: null,
  error: null,
  artifacts: [],
  parameters: null,
  unexecuted: [],
} as const;

/** Carries a study in a folder with a train.py to its end, by a runtime that is a function. */
export async function superviseFake(
  folder: string,
  options: FakeRuntimeOptions,
  change: Partial<StudyPlan> = {},
): Promise<{ study: Study; runtime: FakeRuntime }> {
  const plan = {
    version: 1,
    study: 's-1',
    kind: 'run',
    name: null,
    folder,
    root: '',
    script: 'train.py',
    framework: 'keras',
    family: 'cnn',
    task: 'classification',
    metric: null,
    target: null,
    runtime: 'local',
    image: null,
    interpreter: '/usr/bin/python3',
    command: { script: 'train.py', module: false, arguments: ['a'], directory: '', environment: {}, environmentFile: null },
    assignment: {},
    preload: [],
    watch: [],
    search: null,
    limits: { memoryBytes: 2e9, cpus: null, trialMinutes: 3, artifactBytes: 1 },
    notes: [],
    data: [],
    network: false,
    seed: 0,
    createdAt: 1,
    ...change,
  } as const;
  await store.create((snapshot) => ({ ...plan, snapshot: snapshot.files, links: snapshot.links }), {
    folder,
    study: 's-1',
    root: folder,
    outputs: [],
    data: [],
  });
  return goOn(folder, options);
}

/** The same with a study that is there, which was paused; its supervisor does first what it is ordered. */
export async function goOn(
  folder: string,
  options: FakeRuntimeOptions,
  order: ToSupervisor | null = null,
): Promise<{ study: Study; runtime: FakeRuntime }> {
  const runtime = new FakeRuntime(options);
  await superviseStudy(
    {
      store,
      link,
      project: createProjectReader('/nowhere'),
      spaces: { edit: async () => ({}) },
      runtime: () => runtime,
      suggester: () => expect.fail('a run needs no suggestion'),
      version: '0',
      pid: 1,
      bootedAt: () => 0,
      pause: async () => {},
      unreleased: unreleasedIn(folder),
      ...createQuietNotices(folder),
    },
    folder,
    's-1',
    order,
  );
  return { study: await readStudy({ store, link, now: Date.now }, folder, 's-1'), runtime };
}

export function unreleasedIn(folder: string): StudyList {
  return createStudyList(join(folder, '.state', 'unreleased'));
}

/** Answers `configure` with ready, and a trial with the given. */
export function onTrial(act: (runner: FakeRunner) => void): FakeRuntimeOptions {
  return {
    onMessage: (runner, message) => {
      if (message.type === 'configure') runner.say(ready);
      if (message.type === 'trial') act(runner);
    },
  };
}
