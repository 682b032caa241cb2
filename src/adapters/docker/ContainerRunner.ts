import type { Container } from 'dockerode';
import { constants } from 'node:os';
import type { Duplex, Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { AsyncQueue } from '../../base/AsyncQueue.ts';
import { createDeferred } from '../../base/createDeferred.ts';
import { Emitter } from '../../base/Emitter.ts';
import type { ConnectionState, RunnerConnection, RunnerEnd, RunnerPaths } from '../../core/ports/Runtime.ts';
import { readLines } from '../readLines.ts';
import { demultiplex } from './demultiplex.ts';
import { ignoreAbsent } from './removeStudy.ts';
import type { StudyPlacement } from './StudyPlacement.ts';
import { engineStatus } from './translateEngineError.ts';

const DIAGNOSTICS_CHARACTERS = 4096;
const LINE_CHARACTERS = 1_000_000;
/** A container whose stream has ended is seen to have ended so soon, unless the connection alone broke. */
const SETTLE_MS = 300;
const RETRY_MS = 500;
const POLL_MS = 50;

/** What the engine says of a container; `removed` where it knows none, null where nobody waits for the answer any more. */
type State = Awaited<ReturnType<Container['inspect']>>['State'] | 'removed' | null;

/** A runner in a container, spoken to over its attached streams. Where the engine goes away it waits, and attaches anew. */
export class ContainerRunner implements RunnerConnection {
  readonly paths: RunnerPaths;
  readonly container: string;
  readonly lines: AsyncIterable<string>;
  readonly ended: Promise<RunnerEnd>;
  readonly #onDidChange = new Emitter<ConnectionState>();
  readonly onDidChange = this.#onDidChange.event;
  readonly #container: Container;
  readonly #placement: StudyPlacement;
  readonly #reattaches: boolean;
  readonly #unwatched: boolean;
  readonly #disposed = createDeferred<null>();
  /** The output of each connection. */
  readonly #outputs = new AsyncQueue<Readable>();
  #stream: Duplex | null;
  #diagnostics = '';
  #away = false;
  #disposal: Promise<void> | null = null;

  /**
   * `stream` was attached before the container started, so that nothing is missed; null for one that has ended. One that does not reattach takes a
   * broken connection for its end.
   */
  constructor(container: Container, placement: StudyPlacement, stream: Duplex | null, { reattaches = true } = {}) {
    this.#container = container;
    this.#placement = placement;
    this.#reattaches = reattaches;
    this.#unwatched = stream === null;
    this.container = container.id;
    this.paths = placement.paths;
    this.#stream = stream;
    if (stream !== null) this.#listen(stream);
    this.lines = this.#readLines();
    this.ended = this.#waitForEnd().finally(() => this.#outputs.close());
  }

  send(line: string): void {
    if (this.#stream?.writable === true) this.#stream.write(line);
  }

  async collect(trial: number): Promise<void> {
    if (!this.#away && this.#disposal === null) await this.#placement.collect(this.#container, trial);
  }

  dispose(): Promise<void> {
    return (this.#disposal ??= this.#stop());
  }

  #listen(stream: Duplex): void {
    const { stdout, stderr } = demultiplex(stream);
    stderr
      .setEncoding('utf8')
      .on('data', (text: string) => (this.#diagnostics = (this.#diagnostics + text).slice(-DIAGNOSTICS_CHARACTERS)));
    stream.on('error', () => stream.destroy()); // The connection broke; what became of the container is asked then.
    this.#outputs.push(stdout);
  }

  async *#readLines(): AsyncGenerator<string> {
    for await (const output of this.#outputs) yield* readLines(output, LINE_CHARACTERS);
  }

  /** Neither the answer to `wait` nor the end of the stream is sure: the engine is asked, as soon as it can be. */
  async #waitForEnd(): Promise<RunnerEnd> {
    for (;;) {
      await Promise.race([this.#closed(), this.#disposed.promise]);
      const state = await this.#inspect();
      if (state === null) return this.#end({ engineLost: this.#away });
      if (state === 'removed') return this.#end({ signal: 'SIGKILL' });
      const { ExitCode: exitCode, OOMKilled, Running } = state;
      if (!Running) return this.#end({ exitCode, signal: signalOf(exitCode), outOfMemory: OOMKilled && exitCode === 137 });
      await this.#reattach();
    }
  }

  #closed(): Promise<unknown> {
    const stream = this.#stream;
    if (stream === null || stream.closed) return Promise.resolve();
    const closed = new Promise((resolve) => stream.once('close', resolve));
    return Promise.race([closed, this.#container.wait().catch(() => closed)]);
  }

  /** What became of the container, asked until the engine answers. One that still runs is given a moment. */
  async #inspect(): Promise<State> {
    for (let settled = false; ; settled = true) {
      try {
        const { State } = await this.#container.inspect();
        if (!State.Running || settled || this.#disposal !== null) return State;
      } catch (error) {
        if (engineStatus(error) === 404) return this.#disposal === null ? 'removed' : null;
        if (this.#disposal !== null) return null;
        if (!this.#away) this.#change('lost');
        if (!this.#reattaches) return null;
      }
      await Promise.race([sleep(this.#away ? RETRY_MS : SETTLE_MS), this.#disposed.promise]);
    }
  }

  /** The container runs on, so it was the connection that broke. */
  async #reattach(): Promise<void> {
    if (this.#disposal !== null || this.#stream?.closed === false) {
      await sleep(POLL_MS);
      return;
    }
    try {
      const attach = { stream: true, stdin: true, stdout: true, stderr: true, hijack: true };
      const stream = (await this.#container.attach(attach)) as unknown as Duplex;
      this.#stream = stream;
      this.#listen(stream);
      this.#change('attached');
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      await sleep(RETRY_MS); // It ended just now, or the engine went away again: the next look tells.
    }
  }

  #change(state: ConnectionState): void {
    this.#away = state === 'lost';
    this.#onDidChange.fire(state);
  }

  #end(end: Partial<RunnerEnd>): RunnerEnd {
    const unknown = { exitCode: null, signal: null, outOfMemory: false, engineLost: false };
    const engineRestarted = this.#away && end.engineLost !== true;
    this.#away &&= end.engineLost === true;
    return { ...unknown, engineRestarted, unwatched: this.#unwatched, diagnostics: this.#diagnostics, ...end };
  }

  /** A second to end by itself, then it is killed. */
  async #stop(): Promise<void> {
    this.#disposed.resolve(null);
    // An engine that is away keeps the container until the study's next supervisor, or its deletion.
    if (!this.#away) {
      await ignoreStopped(this.#container.stop({ t: 1 }));
      await ignoreAbsent(this.#container.remove({ force: true, v: true }));
    }
    this.#stream?.destroy();
  }
}

/** A shell's convention, which the container's init keeps: 128 and the signal's number. */
function signalOf(exitCode: number): string | null {
  if (exitCode <= 128) return null;
  return Object.entries(constants.signals).find(([, number]) => number === exitCode - 128)?.[0] ?? null;
}

/** The engine answers 304 where a container has ended already. */
async function ignoreStopped(stopping: Promise<unknown>): Promise<void> {
  try {
    await stopping;
  } catch (error) {
    const status = engineStatus(error);
    if (status !== 304 && status !== 404) throw error;
  }
}
