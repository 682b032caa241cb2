import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { readJournalFile } from '../../src/adapters/files/JournalFile.ts';
import type { JournalEvent } from '../../src/core/study/JournalEvent.ts';
import { reduceStudy } from '../../src/core/study/reduceStudy.ts';
import { makeProject, startHone, type HoneResult } from '../integration/commandLine/honeProcess.ts';

/** Epochs of the script below, and what one takes. */
export const EPOCHS = 10;
export const EPOCH_MS = 300;

/** Trains slowly, tells each epoch, and needs nothing but Python. */
const SLOW = `
import time
try:
    from sklearn.linear_model import SGDClassifier
except ImportError:
    class SGDClassifier:
        def partial_fit(self, *_, **__): pass
model = SGDClassifier()
for epoch in range(1, ${EPOCHS + 1}):
    model.partial_fit([[0.0], [1.0]], [0, 1], classes=[0, 1])
    time.sleep(${EPOCH_MS / 1000})
    print(f"Epoch {epoch}/${EPOCHS} - loss: {1 / epoch:.4f}", flush=True)
print("accuracy 0.9")
`;

type EventOf<T extends JournalEvent['type']> = Extract<JournalEvent, { type: T }>;

/** How a study is started: with a script of its own, other settings, on another engine. */
export interface FaultOptions {
  readonly script?: string;
  /** Lines of hone.yaml. */
  readonly settings?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** A run in a container of plain Python, in a folder of its own, that tests do bad things to. */
export class FaultStudy {
  readonly folder: string;
  readonly #environment: Readonly<Record<string, string>>;
  readonly #before: string;

  constructor({ script = SLOW, settings = [], environment = {} }: FaultOptions = {}) {
    const image = `image: ${process.env['HONE_BASE_IMAGE'] ?? 'python:3.11-slim'}`;
    this.folder = makeProject({ 'train.py': script, 'hone.yaml': [image, ...settings, ''].join('\n') });
    // Its own list of folders, so that tests do not meet.
    this.#environment = { XDG_STATE_HOME: join(this.folder, '..', 'state'), ...environment };
    this.#before = hashOf(this.folder);
  }

  hone(...args: readonly string[]): Promise<HoneResult> {
    return startHone(this.folder, args, this.#environment).done;
  }

  docker(...args: readonly string[]): string {
    const env = { ...process.env, ...this.#engine() };
    return execFileSync('docker', args, { encoding: 'utf8', stdio: 'pipe', env }).trim();
  }

  get id(): string {
    return readdirSync(join(this.folder, '.hone', 'studies'))[0] ?? expect.fail('no study');
  }

  /** Starts it, detached. */
  async start(): Promise<void> {
    const started = await this.hone('train', 'train.py', '--runtime', 'docker', '--detach');
    expect(started.code, started.stderr).toBe(0);
  }

  get events(): readonly JournalEvent[] {
    return readJournalFile(join(this.folder, '.hone', 'studies', this.id, 'journal.jsonl')).events;
  }

  of<T extends JournalEvent['type']>(type: T): readonly EventOf<T>[] {
    return this.events.filter((event): event is EventOf<T> => event.type === type);
  }

  /** Resolves when so many events of a type are in the journal. */
  async until(type: JournalEvent['type'], count: number, timeout = 30_000): Promise<void> {
    await expect
      .poll(() => this.of(type).length, { timeout, interval: 20, message: `${type} in ${this.folder}` })
      .toBeGreaterThanOrEqual(count);
  }

  async end(timeout = 60_000): Promise<EventOf<'study-ended'>> {
    await this.until('study-ended', 1, timeout);
    const [end] = this.of('study-ended');
    return end ?? expect.fail('no end');
  }

  get supervisor(): number {
    return this.of('supervisor-started').at(-1)?.pid ?? expect.fail('no supervisor');
  }

  /** The container that runs; '' where there is none. */
  get container(): string {
    return this.docker('ps', '-q', '--no-trunc', '--filter', `label=hone.workspace=${this.folder}`);
  }

  /** The script's own process, as this machine numbers it: the youngest of its container. */
  get script(): number {
    const lines = this.docker('top', this.container, '-o', 'pid,args').split('\n');
    const found = lines.findLast((line) => line.includes('bootstrap.py')) ?? expect.fail(lines.join('\n'));
    return Number(found.trim().split(/\s+/)[0]);
  }

  /** What DESIGN.md promises of every study, whatever happened to it. */
  expectInvariants(): void {
    const { events, damage } = readJournalFile(join(this.folder, '.hone', 'studies', this.id, 'journal.jsonl'));
    expect(damage).toBeNull();
    expect(hashOf(this.folder), "the user's files").toBe(this.#before);
    const runs = new Set(this.of('trial-started').map(({ trial, repeat }) => `${trial}.${repeat}`));
    const ends = this.of('trial-ended').map(({ trial, repeat }) => `${trial}.${repeat}`);
    expect(ends.toSorted(), 'each run has one end').toEqual([...runs].toSorted());
    for (const { number, epochs } of reduceStudy(events)?.trials ?? []) {
      const told = epochs.map(({ epoch }) => epoch);
      expect(told, `each epoch of trial ${number} once, in order`).toEqual(told.map((_, index) => index + 1));
    }
    expect(this.of('study-ended')).toHaveLength(1);
    expect(events.at(-1)?.type).toBe('study-ended');
    expect(this.docker('ps', '-aq', '--filter', `label=hone.workspace=${this.folder}`), 'containers').toBe('');
    expect(this.docker('volume', 'ls', '-q', '--filter', `label=hone.workspace=${this.folder}`), 'volumes').toBe('');
    expect(processesOf(this.folder), 'processes').toEqual([]);
  }

  async dispose(): Promise<void> {
    if (!existsSync(join(this.folder, '.hone', 'studies'))) return; // It could not be started.
    await this.hone('cancel', this.id);
    await this.hone('delete', this.id);
  }

  #engine(): Readonly<Record<string, string>> {
    const host = this.#environment['HONE_DOCKER_HOST'];
    return host === undefined ? {} : { DOCKER_HOST: host };
  }
}

/** Numbers that look like chance and are the same each time. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

export const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** How often what is random is tried: HONE_FAULT_MOMENTS, else a few times. */
export const MOMENTS = Number(process.env['HONE_FAULT_MOMENTS'] ?? 5);

/** The files outside `.hone`, as one number. */
function hashOf(folder: string): string {
  const hash = createHash('sha256');
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()) {
    if (path.startsWith('.hone') || !statSync(join(folder, path)).isFile()) continue;
    hash.update(path).update(readFileSync(join(folder, path)));
  }
  return hash.digest('hex');
}

/** Supervisors and runners that name the folder in their arguments. A supervisor writes its last line just before it ends. */
function processesOf(folder: string): readonly string[] {
  for (let attempt = 0; ; attempt++) {
    const lines = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' }).split('\n');
    const found = lines.filter((line) => line.includes(folder) && line.includes('supervise'));
    if (found.length === 0 || attempt === 20) return found;
    execFileSync('sleep', ['0.1']);
  }
}
