import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFileStudyStore } from '../../../src/adapters/files/FileStudyStore.ts';
import { connectSupervisor } from '../../../src/adapters/supervisor/connectSupervisor.ts';
import { serveSupervisor } from '../../../src/adapters/supervisor/serveSupervisor.ts';
import { createdEvent } from '../../../src/app/createdEvent.ts';
import { followStudy, readStudy, type FollowPorts } from '../../../src/app/followStudy.ts';
import { watchStudies } from '../../../src/app/watchStudies.ts';
import type { Study } from '../../../src/core/study/Study.ts';

const PLANNED_AT = 1_000_000;
let folder: string;
let now: number;
let stop: AbortController;
let ports: FollowPorts;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hone-watch-'));
  now = PLANNED_AT + 100;
  stop = new AbortController();
  const link = { connect: connectSupervisor, serve: serveSupervisor, start: () => Promise.reject(new Error('unused')) };
  ports = { store: createFileStudyStore(), link, now: () => now };
});
afterEach(() => {
  stop.abort();
  rmSync(folder, { recursive: true });
});

function plan(study: string): void {
  const directory = join(folder, '.hone', 'studies', study);
  mkdirSync(directory, { recursive: true });
  const text = {
    study,
    kind: 'run',
    name: null,
    root: '',
    script: 'a.py',
    search: null,
    command: { arguments: [] },
    runtime: 'local',
    metric: null,
    target: null,
    notes: [],
    createdAt: PLANNED_AT,
  };
  writeFileSync(join(directory, 'plan.json'), JSON.stringify(text));
}

async function firstWith(wanted: (studies: readonly Study[]) => boolean): Promise<readonly Study[]> {
  for await (const studies of watchStudies(ports, folder, stop.signal)) if (wanted(studies)) return studies;
  throw new Error('The watch ended.');
}

test('a study that was planned just now is being prepared, not interrupted', async () => {
  plan('a-1');
  expect(await firstWith((studies) => studies.length > 0)).toMatchObject([{ id: 'a-1', state: 'running', interrupted: false }]);
});

test('a study that nobody has supervised for long is interrupted', async () => {
  plan('a-1');
  now += 60_000;
  expect(await firstWith((studies) => studies.length > 0)).toMatchObject([{ id: 'a-1', state: 'failed', interrupted: true }]);
});

test('a study whose supervisor ended it, and went, while it was being read has ended', async () => {
  plan('a-1');
  now += 60_000;
  const { store, link } = ports;
  const journal = store.openJournal(folder, 'a-1');
  journal.append(createdEvent(await store.readPlan(folder, 'a-1')));
  const endsMeanwhile = (): Promise<null> => {
    journal.append({ type: 'study-ended', state: 'complete', reason: null });
    journal.close();
    return Promise.resolve(null);
  };
  const study = await readStudy({ ...ports, link: { ...link, connect: endsMeanwhile } }, folder, 'a-1');
  expect(study).toMatchObject({ state: 'complete', interrupted: false });
});

test.each([
  ['is paused where nothing of it runs', [], { state: 'paused', interrupted: false }],
  [
    'is interrupted where something of it still ran',
    [{ type: 'trial-started', trial: 0, repeat: 0, assignment: {}, seed: null }],
    { state: 'failed', interrupted: true },
  ],
] as const)('a paused study that nobody supervises %s', async (_, events, told) => {
  plan('a-1');
  now += 60_000;
  const journal = ports.store.openJournal(folder, 'a-1');
  journal.append(createdEvent(await ports.store.readPlan(folder, 'a-1')));
  for (const event of events) journal.append(event);
  journal.append({ type: 'request', request: 'pause' });
  journal.close();
  expect(await firstWith((studies) => studies.length > 0)).toMatchObject([told]);
});

test('a study at rest is followed until it goes on and ends', async () => {
  plan('a-1');
  const { store } = ports;
  const journal = store.openJournal(folder, 'a-1');
  journal.append(createdEvent(await store.readPlan(folder, 'a-1')));
  journal.append({ type: 'request', request: 'pause' });
  const states: string[] = [];
  for await (const update of followStudy(ports, folder, 'a-1', stop.signal)) {
    if (update.type === 'study') states.push(update.study.state);
    if (states.length === 1) journal.append({ type: 'study-ended', state: 'cancelled', reason: null });
  }
  journal.close();
  expect(states).toEqual(['paused', 'cancelled']);
});

test('a study that was had go on while its follower was busy is followed to its end', async () => {
  plan('a-1');
  const journal = ports.store.openJournal(folder, 'a-1');
  const greeting = () => [...journal.events.map((event) => ({ type: 'event', event }) as const), { type: 'caught-up' } as const];
  const serve = () => serveSupervisor(folder, 'a-1', { greeting, onMessage: () => {} });
  journal.append(createdEvent(await ports.store.readPlan(folder, 'a-1')));
  journal.append({ type: 'request', request: 'pause' });
  let server = await serve();
  const states: string[] = [];
  for await (const update of followStudy(ports, folder, 'a-1', stop.signal)) {
    if (update.type !== 'study') continue;
    states.push(update.study.state);
    if (states.length === 1) {
      await server.close();
      journal.append({ type: 'request', request: 'resume' });
      server = await serve();
    } else if (states.at(-1) === 'running') {
      server.broadcast({ type: 'event', event: journal.append({ type: 'study-ended', state: 'complete', reason: null }) });
      await server.close();
    }
  }
  journal.close();
  expect([states[0], states.at(-1)]).toEqual(['paused', 'complete']);
});

test('a damaged study is listed as failed, and does not end the watch', async () => {
  mkdirSync(join(folder, '.hone', 'studies', 'broken-1'), { recursive: true });
  const found = firstWith((studies) => studies.length === 2);
  setTimeout(() => plan('a-1'), 50);
  expect(await found).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        id: 'broken-1',
        state: 'failed',
        reason: expect.stringMatching(/plan of broken-1 cannot be read/),
      }),
      expect.objectContaining({ id: 'a-1', state: 'running' }),
    ]),
  );
});
