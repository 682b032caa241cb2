import { createHash, randomUUID } from 'node:crypto';
import { access, link, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Mail } from '../../core/report/Mail.ts';
import type { Delivery } from '../../core/ports/Mailer.ts';
import type { Channel, KeptMail, Mailers, Outbox, OutboxContents } from '../../core/ports/Outbox.ts';
import { claimName, isStale, parseClaim } from './outboxClaims.ts';
import { readEntry, type OutboxEntry } from './OutboxEntry.ts';
import { writeWhole } from '../files/writeWhole.ts';

export interface FileOutboxOptions {
  /** Absolute path; made when first needed. */
  readonly directory: string;
  readonly mailers: Mailers;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const SECOND = 1000;
const DAY = 86_400 * SECOND;
const DELAYS_MS = [30, 60, 120, 300, 600, 1800, 3600].map((seconds) => seconds * SECOND);
const KEPT_MS = { waiting: 7 * DAY, refused: 30 * DAY, sent: 90 * DAY } as const;

type Place = 'waiting' | 'sending' | 'refused' | 'sent';

/**
 * The outbox as a folder: an entry is one file, and its place is where it stands. It moves by renames alone, so that of several processes one
 * takes it. What was taken by a process that is gone is taken over. A crash after the server has it sends it again, with the same id.
 */
export class FileOutbox implements Outbox {
  readonly #options: FileOutboxOptions;

  constructor(options: FileOutboxOptions) {
    this.#options = options;
  }

  async add(key: string, channel: Channel, to: readonly string[], mail: Mail): Promise<void> {
    if (await this.has(key, channel)) return;
    const id = idOf(key, channel);
    const writtenAt = this.#options.now();
    const entry: OutboxEntry = {
      version: 1,
      channel,
      to: [...to],
      writtenAt,
      attempts: 0,
      nextAt: 0,
      problem: null,
      mail: mutable(mail),
    };
    const draft = join(await this.#folder('waiting'), `${id}.${randomUUID()}.draft`);
    await writeWhole(draft, entry);
    // A link, unlike a rename, never replaces what another process put there.
    await link(draft, this.#path('waiting', id)).catch(unless('EEXIST'));
    await rm(draft, { force: true });
  }

  async has(key: string, channel: Channel): Promise<boolean> {
    const id = idOf(key, channel);
    const places = ['sent', 'refused', 'waiting'] as const;
    for (const place of places) if (await exists(this.#path(place, id))) return true;
    return (await this.#list('sending')).some((name) => name.startsWith(`${id}.`));
  }

  async deliver(which: 'due' | 'waiting', signal: AbortSignal): Promise<void> {
    await this.#tidy();
    const down = new Set<Channel>();
    for (const channel of ['mail', 'webhook'] as const) {
      if ((await this.#options.mailers[channel].place()) === null) down.add(channel);
    }
    for (const id of await this.#due(down, which === 'waiting')) {
      if (signal.aborted) return;
      const claim = await this.#claim(this.#path('waiting', id), id);
      const entry = claim === null ? null : await readEntry(claim);
      if (claim === null) continue;
      if (entry === null || (await exists(this.#path('sent', id)))) await rm(claim, { force: true });
      else if (down.has(entry.channel)) await this.#move(claim, 'waiting', id);
      else if ((await this.#send(claim, id, entry, signal)) === 'delayed') down.add(entry.channel);
    }
  }

  async read(): Promise<OutboxContents> {
    const waiting = [...(await this.#kept('waiting')), ...(await this.#kept('sending'))];
    return { waiting, refused: await this.#kept('refused') };
  }

  async release(): Promise<void> {
    for (const place of ['waiting', 'refused'] as const) {
      for (const id of (await this.#list(place)).map(idIn)) {
        const claim = await this.#claim(this.#path(place, id), id);
        const entry = claim === null ? null : await readEntry(claim);
        if (claim === null || entry === null) continue;
        await writeWhole(claim, { ...entry, attempts: 0, nextAt: 0 });
        await this.#move(claim, 'waiting', id);
      }
    }
  }

  async #send(claim: string, id: string, entry: OutboxEntry, signal: AbortSignal): Promise<Delivery['state']> {
    const { channel, to, writtenAt, mail, attempts } = entry;
    const delivery = await this.#options.mailers[channel].send({ id, to, writtenAt, mail }, signal);
    if (delivery.state === 'sent') {
      await this.#record(id, mail.subject);
      await rm(claim, { force: true });
      return 'sent';
    }
    const { reason, next } = delivery;
    const now = this.#options.now();
    const isOver = delivery.state === 'refused' || now - writtenAt > KEPT_MS.waiting;
    // Cut short by this process itself, it is no failure of the server's.
    const wait = signal.aborted ? 0 : (DELAYS_MS[Math.min(attempts, DELAYS_MS.length - 1)] ?? 0);
    await writeWhole(claim, { ...entry, attempts: attempts + 1, nextAt: now + wait, problem: { reason, next } });
    await this.#move(claim, isOver ? 'refused' : 'waiting', id);
    return delivery.state;
  }

  async #record(id: string, subject: string): Promise<void> {
    const draft = join(await this.#folder('sent'), `${id}.${randomUUID()}.draft`);
    await writeWhole(draft, { sentAt: this.#options.now(), subject });
    await rename(draft, this.#path('sent', id));
  }

  /** Ids of what is to be tried now, oldest first; `early` also of what was tried just before. */
  async #due(down: ReadonlySet<Channel>, early: boolean): Promise<readonly string[]> {
    const found: { id: string; writtenAt: number }[] = [];
    for (const id of (await this.#list('waiting')).map(idIn)) {
      const entry = await readEntry(this.#path('waiting', id));
      if (entry === null || down.has(entry.channel) || (!early && entry.nextAt > this.#options.now())) continue;
      found.push({ id, writtenAt: entry.writtenAt });
    }
    return found.sort((a, b) => a.writtenAt - b.writtenAt).map(({ id }) => id);
  }

  /** Takes what lost its sender back, and removes what is old. */
  async #tidy(): Promise<void> {
    const now = this.#options.now();
    for (const name of await this.#list('sending')) {
      const claim = parseClaim(name);
      if (claim === null || !isStale(claim, now)) continue;
      const mine = await this.#claim(join(this.#folderPath('sending'), name), claim.id);
      if (mine !== null) await this.#move(mine, 'waiting', claim.id);
    }
    for (const place of ['refused', 'sent'] as const) await removeOlder(this.#folderPath(place), now - KEPT_MS[place]);
  }

  /** Takes a file for this process; null where another was faster. Returns where it lies then. */
  async #claim(path: string, id: string): Promise<string | null> {
    const claim = join(await this.#folder('sending'), claimName(id, process.pid, this.#options.now()));
    try {
      await rename(path, claim);
      return claim;
    } catch (error) {
      unless('ENOENT')(error);
      return null;
    }
  }

  async #move(claim: string, place: Place, id: string): Promise<void> {
    await rename(claim, join(await this.#folder(place), `${id}.json`));
  }

  async #kept(place: Place): Promise<readonly KeptMail[]> {
    const names = await this.#list(place);
    const entries = await Promise.all(names.map((name) => readEntry(join(this.#folderPath(place), name))));
    return entries
      .filter((entry) => entry !== null)
      .sort((a, b) => a.writtenAt - b.writtenAt)
      .map(({ channel, mail, writtenAt, problem }) => ({ channel, subject: mail.subject, writtenAt, problem }));
  }

  async #list(place: Place): Promise<readonly string[]> {
    const names = await readdir(this.#folderPath(place)).catch(unless('ENOENT'));
    return (names ?? []).filter((name) => name.endsWith('.json'));
  }

  #path(place: Place, id: string): string {
    return join(this.#folderPath(place), `${id}.json`);
  }

  #folderPath(place: Place): string {
    return join(this.#options.directory, place);
  }

  async #folder(place: Place): Promise<string> {
    const path = this.#folderPath(place);
    await mkdir(path, { recursive: true, mode: 0o700 });
    return path;
  }
}

function idOf(key: string, channel: Channel): string {
  return createHash('sha256').update(`${channel}\n${key}`).digest('hex').slice(0, 40);
}

function idIn(name: string): string {
  return name.slice(0, name.indexOf('.'));
}

function mutable({ attachments, facts, ...texts }: Mail): OutboxEntry['mail'] {
  return { ...texts, attachments: [...attachments], facts: { ...facts } };
}

async function exists(path: string): Promise<boolean> {
  return access(path)
    .then(() => true, unless('ENOENT'))
    .then((found) => found ?? false);
}

/** Lets one kind of failure pass. */
function unless(code: string): (error: unknown) => undefined {
  return (error) => {
    if ((error as NodeJS.ErrnoException).code !== code) throw error;
  };
}

async function removeOlder(folder: string, before: number): Promise<void> {
  const names = (await readdir(folder).catch(unless('ENOENT'))) ?? [];
  for (const name of names) {
    const path = join(folder, name);
    const { mtimeMs } = (await stat(path).catch(unless('ENOENT'))) ?? { mtimeMs: before };
    if (mtimeMs < before) await rm(path, { force: true });
  }
}
