import type { Container } from 'dockerode';
import { constants } from 'node:os';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunnerConnection, RunnerEnd, RunnerPaths } from '../../core/ports/Runtime.ts';
import { readLines } from '../readLines.ts';
import { demultiplex } from './demultiplex.ts';
import { ignoreAbsent } from './removeStudy.ts';
import type { StudyPlacement } from './StudyPlacement.ts';

const DIAGNOSTICS_CHARACTERS = 4096;
const LINE_CHARACTERS = 1_000_000;
const POLL_MS = 500;

/** A runner in a started container, spoken to over its attached streams. */
export class ContainerRunner implements RunnerConnection {
  readonly paths: RunnerPaths;
  readonly container: string;
  readonly lines: AsyncIterable<string>;
  readonly ended: Promise<RunnerEnd>;
  readonly #container: Container;
  readonly #placement: StudyPlacement;
  readonly #stream: Duplex;
  #diagnostics = '';
  #engineLost = false;
  #disposal: Promise<void> | null = null;

  /** `stream` was attached before the container started, so that nothing is missed. */
  constructor(container: Container, placement: StudyPlacement, stream: Duplex) {
    this.#container = container;
    this.#placement = placement;
    this.#stream = stream;
    this.container = container.id;
    this.paths = placement.paths;
    const { stdout, stderr } = demultiplex(stream);
    stderr
      .setEncoding('utf8')
      .on('data', (text: string) => (this.#diagnostics = (this.#diagnostics + text).slice(-DIAGNOSTICS_CHARACTERS)));
    stream.on('error', () => stream.destroy()); // The connection broke; `ended` says why.
    this.lines = readLines(stdout, LINE_CHARACTERS);
    this.ended = this.#waitForEnd();
  }

  send(line: string): void {
    if (this.#stream.writable) this.#stream.write(line);
  }

  async collect(trial: number): Promise<void> {
    if (!this.#engineLost && this.#disposal === null) await this.#placement.collect(this.#container, trial);
  }

  dispose(): Promise<void> {
    return (this.#disposal ??= this.#stop());
  }

  async #waitForEnd(): Promise<RunnerEnd> {
    try {
      // The answer to `wait` never ends where the engine dies; the attached stream does.
      await Promise.race([this.#container.wait(), new Promise((resolve) => this.#stream.once('close', resolve))]);
      for (;;) {
        const { State } = await this.#container.inspect();
        const { ExitCode, OOMKilled, Running } = State;
        const outOfMemory = OOMKilled && ExitCode === 137;
        if (!Running) return this.#end({ exitCode: ExitCode, signal: signalOf(ExitCode), outOfMemory });
        await sleep(POLL_MS);
      }
    } catch (error) {
      // A container that we removed ourselves is gone; otherwise the engine is, and nobody knows what became of the container.
      this.#engineLost = this.#disposal === null && error instanceof Error;
      return this.#end({ exitCode: null, signal: null, outOfMemory: false });
    } finally {
      if (this.#engineLost) this.#stream.destroy();
    }
  }

  #end(end: Omit<RunnerEnd, 'engineLost' | 'diagnostics'>): RunnerEnd {
    return { ...end, engineLost: this.#engineLost, diagnostics: this.#diagnostics };
  }

  /** A second to end by itself, then it is killed. */
  async #stop(): Promise<void> {
    if (!this.#engineLost) {
      await ignoreStopped(this.#container.stop({ t: 1 }));
      await ignoreAbsent(this.#container.remove({ force: true, v: true }));
      await this.#placement.dispose();
    }
    this.#stream.destroy();
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
    if (!(error instanceof Error && 'statusCode' in error && (error.statusCode === 304 || error.statusCode === 404))) throw error;
  }
}
