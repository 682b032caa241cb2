import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createFileStudyStore } from '../../../src/adapters/files/FileStudyStore.ts';
import { createStudyList } from '../../../src/adapters/files/createStudyList.ts';
import { FileOutbox } from '../../../src/adapters/mail/FileOutbox.ts';
import { Correspondence } from '../../../src/app/Correspondence.ts';
import { createdEvent } from '../../../src/app/createdEvent.ts';
import { deliverNotices } from '../../../src/app/deliverNotices.ts';
import type { NoticePorts } from '../../../src/app/NoticePorts.ts';
import { planNotices } from '../../../src/app/planNotices.ts';
import { postNotices } from '../../../src/app/postNotices.ts';
import { NO_MAIL, type MailSettings } from '../../../src/core/ports/MailSettings.ts';
import { usualNotices } from '../../../src/core/report/owedNotices.ts';
import type { JournalBody, JournalEvent } from '../../../src/core/study/JournalEvent.ts';
import type { StudyPlan } from '../../../src/core/study/StudyPlan.ts';
import { buildPlan } from '../../fakes/buildPlan.ts';
import { FakeMailer } from '../../fakes/FakeMailer.ts';

const never = new AbortController().signal;
const store = createFileStudyStore();
const ENDED: JournalBody = { type: 'study-ended', state: 'failed', reason: 'The script failed.' };
const LOST: JournalBody = {
  type: 'trial-interrupted',
  trial: 0,
  repeat: 0,
  cause: 'killed',
  reason: 'The container was killed.',
  delayMs: 0,
};

let folder: string;
let mail: FakeMailer;
let webhook: FakeMailer;
let ports: NoticePorts;
let now: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hone-notices-'));
  writeFileSync(join(folder, 'train.py'), 'fit()\n');
  now = Date.now() + 1000;
  [mail, webhook] = [new FakeMailer(), new FakeMailer()];
  const directory = join(folder, '.state');
  ports = {
    store,
    spaces: { edit: async () => ({}) },
    outbox: new FileOutbox({ directory, mailers: { mail, webhook }, now: () => now }),
    awaited: createStudyList(join(directory, 'awaited')),
    now: () => now,
  };
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A study on the disk with these events after its beginning. */
async function study(...bodies: readonly JournalBody[]): Promise<{ plan: StudyPlan; events: readonly JournalEvent[] }> {
  const notify = { to: ['ada@example.org'], on: usualNotices('run'), webhook: true };
  const plan = await store.create(() => buildPlan({}, { folder, study: 's-1', notify }), {
    folder,
    study: 's-1',
    root: folder,
    outputs: [],
    data: [],
  });
  const writer = store.openJournal(folder, 's-1');
  for (const body of [createdEvent(plan), ...bodies]) writer.append(body);
  writer.close();
  return { plan, events: writer.events };
}

const subjects = (mailer: FakeMailer): readonly string[] => mailer.received.map(({ mail: { subject } }) => subject);

describe('news of a study', () => {
  test('goes to each way once, whoever finds the journal and however often', async () => {
    const { plan, events } = await study(ENDED);
    await Promise.all([postNotices(ports, plan, events), postNotices(ports, plan, events)]);
    await ports.outbox.deliver('due', never);
    await postNotices(ports, plan, events);
    await ports.outbox.deliver('due', never);
    expect(subjects(mail)).toEqual(['Hone: s-1 failed']);
    expect(subjects(webhook)).toEqual(['Hone: s-1 failed']);
    expect(mail.received[0]).toMatchObject({ to: ['ada@example.org'], mail: { facts: { kind: 'failed', study: 's-1' } } });
  });

  test('waits for its digest, and says until when', async () => {
    const { plan, events } = await study(LOST, LOST);
    expect(await postNotices(ports, plan, events)).toBeCloseTo((events[1]?.time ?? 0) + 60_000, -1);
    await ports.outbox.deliver('due', never);
    expect(mail.received).toEqual([]);
    now += 61_000;
    expect(await postNotices(ports, plan, events)).toBeNull();
    await ports.outbox.deliver('due', never);
    expect(subjects(mail)).toEqual(['Hone: s-1 was restarted 2 times']);
  });

  test('is that of another study where one of the same id was deleted before', async () => {
    for (let time = 0; time < 2; time++) {
      const { plan, events } = await study(ENDED);
      await postNotices(ports, plan, events);
      await store.delete(folder, 's-1');
      await new Promise((resolve) => setTimeout(resolve, 3)); // It began at another millisecond.
    }
    await ports.outbox.deliver('due', never);
    expect(mail.received).toHaveLength(2);
    expect(new Set(mail.received.map(({ id }) => id)).size).toBe(2);
  });

  test('is written by whoever looks next, where the supervisor was killed before it wrote it', async () => {
    await study(ENDED);
    await ports.awaited.add({ folder, study: 's-1' });
    expect(await deliverNotices(ports, 'due', never)).toEqual({ waiting: [], refused: [] });
    await deliverNotices(ports, 'due', never);
    expect(subjects(mail)).toEqual(['Hone: s-1 failed']);
    expect(await ports.awaited.list()).toEqual([]);
  });

  test('is not looked for in folders that nothing was started in, and forgotten where the study is gone', async () => {
    const { plan } = await study(ENDED);
    await deliverNotices(ports, 'due', never);
    expect(mail.received).toEqual([]);
    await ports.awaited.add(plan);
    await store.delete(folder, 's-1');
    await deliverNotices(ports, 'due', never);
    expect(await ports.awaited.list()).toEqual([]);
  });
});

describe('a supervisor', () => {
  test('hands over what it owes at its end, and waits no longer', async () => {
    const { plan, events } = await study(ENDED);
    await ports.awaited.add(plan);
    const correspondence = new Correspondence({ ports, plan, events: () => events, warn: () => {} });
    correspondence.look();
    correspondence.look();
    await correspondence.close();
    expect(subjects(mail)).toEqual(['Hone: s-1 failed']);
    expect(await ports.awaited.list()).toEqual([]);
  });

  test('says in its log what goes wrong, and goes on', async () => {
    const { plan, events } = await study(ENDED);
    const said: string[] = [];
    ports.outbox.add = () => Promise.reject(new Error('ENOSPC'));
    const options = { ports, plan, events: () => events, warn: (text: string) => void said.push(text) };
    await new Correspondence(options).close();
    expect(said).toEqual(['What is to be told of s-1 could not be: ENOSPC']);
  });
});

describe('who is told', () => {
  const settings: MailSettings = { ...NO_MAIL, to: ['me@example.org'] };
  const plan = (notify: Parameters<typeof planNotices>[1]['notify']): ReturnType<typeof planNotices> =>
    planNotices({ mailers: { mail, webhook }, mailSettings: () => settings }, { notify }, 'study');

  test('is who hone.yaml names, else the user', async () => {
    expect(await plan({ to: 'ada@example.org', on: ['failed'] })).toEqual({
      to: ['ada@example.org'],
      on: ['failed'],
      webhook: true,
    });
    expect(await plan({})).toMatchObject({ to: ['me@example.org'], on: expect.arrayContaining(['target-reached', 'complete']) });
  });

  test('is nobody where nothing is set up', async () => {
    mail.address = null;
    expect(await plan({ to: 'ada@example.org' })).toMatchObject({ to: [] });
    webhook.address = null;
    expect(await plan({ to: 'ada@example.org' })).toBeNull();
  });
});
