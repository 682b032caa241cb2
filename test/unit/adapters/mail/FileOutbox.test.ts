import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FileOutbox } from '../../../../src/adapters/mail/FileOutbox.ts';
import type { Delivery, OutgoingMail } from '../../../../src/core/ports/Mailer.ts';
import { buildMail } from '../../../fakes/buildMail.ts';
import { FakeMailer } from '../../../fakes/FakeMailer.ts';

const SECOND = 1000;
const DAY = 86_400 * SECOND;
const never = new AbortController().signal;
const DOWN: Delivery = { state: 'delayed', reason: 'Nothing listens.', next: 'Start it.' };
const REFUSED: Delivery = { state: 'refused', reason: 'Wrong password.', next: 'Mend it.' };

let directory: string;
let now: number;
let mail: FakeMailer;
let webhook: FakeMailer;
beforeEach(() => {
  directory = join(mkdtempSync(join(tmpdir(), 'hone-outbox-')), 'mail');
  now = 1_700_000_000_000;
  mail = new FakeMailer();
  webhook = new FakeMailer();
});
afterEach(() => rmSync(join(directory, '..'), { recursive: true }));

function open(): FileOutbox {
  return new FileOutbox({ directory, mailers: { mail, webhook }, now: () => now });
}

function add(outbox: FileOutbox, key = 'k', subject = key): Promise<void> {
  return outbox.add(key, 'mail', ['ada@example.org'], buildMail({ subject }));
}

/** Files of one place of the outbox. */
function files(place: string): readonly string[] {
  return readdirSync(join(directory, place)).sort();
}

/** Claims an entry as another process would that has this process id. */
function claimAs(pid: number, since: number): void {
  const [name = ''] = files('waiting');
  mkdirSync(join(directory, 'sending'), { recursive: true });
  renameSync(join(directory, 'waiting', name), join(directory, 'sending', name.replace('.json', `.${pid}.${since}.json`)));
}

describe('an outbox', () => {
  test('sends each mail once, however often it is added and delivered', async () => {
    await add(open());
    await add(open());
    await open().deliver('due', never);
    await add(open());
    await open().deliver('due', never);
    expect(mail.received).toHaveLength(1);
    expect(mail.received[0]).toMatchObject({ to: ['ada@example.org'], writtenAt: now, mail: { subject: 'k' } });
    expect(await open().read()).toEqual({ waiting: [], refused: [] });
  });

  test('gives the same news the same id, and other news another', async () => {
    const ids = async (key: string): Promise<string | undefined> => {
      directory = mkdtempSync(join(directory, '..', 'again-'));
      await add(open(), key);
      await open().deliver('due', never);
      return mail.received.at(-1)?.id;
    };
    mkdirSync(directory);
    const [first, again, other] = [await ids('a'), await ids('a'), await ids('b')];
    expect(first).toMatch(/^[\da-f]{40}$/);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  test('keeps what cannot be sent and tries again, at growing distances', async () => {
    mail.answer = DOWN;
    await add(open());
    const attempts: number[] = [];
    const send = mail.send.bind(mail);
    mail.send = (each: OutgoingMail, signal) => {
      attempts.push((now - 1_700_000_000_000) / SECOND);
      return send(each, signal);
    };
    for (let second = 0; second <= 900; second += 10) {
      now = 1_700_000_000_000 + second * SECOND;
      await open().deliver('due', never);
    }
    expect(attempts).toEqual([0, 30, 90, 210, 510]);
    expect((await open().read()).waiting).toMatchObject([{ subject: 'k', problem: { reason: 'Nothing listens.' } }]);
    mail.answer = { state: 'sent', warning: null };
    await open().deliver('waiting', never);
    expect(mail.received).toHaveLength(1);
  });

  test('asks a server that is down once, not once a mail, and sends to the other way meanwhile', async () => {
    let asked = 0;
    mail.send = async () => {
      asked++;
      return DOWN;
    };
    await add(open(), 'a');
    await add(open(), 'b');
    await open().add('a', 'webhook', [], buildMail());
    await open().deliver('due', never);
    expect(asked).toBe(1);
    expect(webhook.received).toHaveLength(1);
  });

  test('keeps what was refused, and tries it again once something was changed', async () => {
    mail.answer = REFUSED;
    await add(open());
    await open().deliver('due', never);
    mail.answer = { state: 'sent', warning: null };
    now += DAY;
    await open().deliver('due', never);
    expect(mail.received).toEqual([]);
    expect((await open().read()).refused).toMatchObject([
      { subject: 'k', problem: { reason: 'Wrong password.', next: 'Mend it.' } },
    ]);
    await open().release();
    await open().deliver('due', never);
    expect(mail.received).toHaveLength(1);
    expect(await open().read()).toEqual({ waiting: [], refused: [] });
  });

  test('gives up after a week, and says so', async () => {
    mail.answer = DOWN;
    await add(open());
    now += 8 * DAY;
    await open().deliver('due', never);
    expect((await open().read()).refused).toMatchObject([{ problem: { reason: 'Nothing listens.' } }]);
  });

  test('lets one of many processes send a mail', async () => {
    await Promise.all(Array.from({ length: 8 }, () => add(open())));
    await Promise.all(Array.from({ length: 8 }, () => open().deliver('due', never)));
    expect(mail.received).toHaveLength(1);
  });

  test('leaves alone what a living process sends, and takes over from one that is gone or stuck', async () => {
    await add(open());
    claimAs(process.ppid, now);
    await open().deliver('due', never);
    expect(mail.received).toEqual([]);
    now += 121 * SECOND;
    await open().deliver('due', never);
    expect(mail.received).toHaveLength(1);

    await add(open(), 'dead');
    claimAs(2 ** 22 + 1, now); // No process has so high an id.
    await open().deliver('due', never);
    expect(mail.received).toHaveLength(2);
  });

  test('sends with the same id again where it was killed before it noted that the server has it', async () => {
    await add(open());
    let dies = true;
    const send = mail.send.bind(mail);
    mail.send = async (each, signal) => {
      await send(each, signal);
      if (dies) throw new Error('killed');
      return { state: 'sent', warning: null };
    };
    await expect(open().deliver('due', never)).rejects.toThrow('killed');
    dies = false;
    now += 121 * SECOND;
    await open().deliver('due', never);
    const [first, second] = mail.received;
    expect(mail.received).toHaveLength(2);
    expect(second).toEqual(first);
  });

  test('does not send again what was noted as sent, though its entry was left', async () => {
    await add(open());
    const [name = ''] = files('waiting');
    const entry = readFileSync(join(directory, 'waiting', name));
    await open().deliver('due', never);
    writeFileSync(join(directory, 'waiting', name), entry);
    await open().deliver('due', never);
    expect(mail.received).toHaveLength(1);
    expect([...files('waiting'), ...files('sending')]).toEqual([]);
  });

  test('sends nothing where nothing is set up, and outlives a damaged entry', async () => {
    await add(open());
    mail.address = null;
    await open().deliver('due', never);
    expect(mail.received).toEqual([]);
    mail.address = 'fake:25';
    writeFileSync(join(directory, 'waiting', `${'0'.repeat(40)}.json`), '{"version":1,"chan');
    await open().deliver('due', never);
    expect(mail.received).toHaveLength(1);
  });

  test.skipIf(process.platform === 'win32')('is read by nobody else', async () => {
    await add(open());
    const [name = ''] = files('waiting');
    expect(statSync(join(directory, 'waiting')).mode & 0o77).toBe(0);
    expect(statSync(join(directory, 'waiting', name)).mode & 0o77).toBe(0);
  });
});
