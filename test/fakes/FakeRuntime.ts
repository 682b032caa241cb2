import { AsyncQueue } from '../../src/base/AsyncQueue.ts';
import { Emitter } from '../../src/base/Emitter.ts';
import type { ConnectionState, RunnerConnection, RunnerEnd, Runtime } from '../../src/core/ports/Runtime.ts';
import type { FromRunner, ToRunner } from '../../src/protocol/runnerMessages.ts';
import { createDeferred } from '../../src/base/createDeferred.ts';

const QUIET_END: RunnerEnd = {
  exitCode: 0,
  signal: null,
  outOfMemory: false,
  engineLost: false,
  engineRestarted: false,
  unwatched: false,
  diagnostics: '',
};

/** What a fake runner does when it is told something. */
export interface FakeRunner {
  say(message: Record<string, unknown> & { type: FromRunner['type'] }): void;
  /** A raw line, for noise. */
  line(text: string): void;
  die(end: Partial<RunnerEnd>): void;
}

export interface FakeRuntimeOptions {
  readonly onMessage: (runner: FakeRunner, message: ToRunner) => void;
  readonly prepare?: Runtime['prepare'];
  readonly release?: Runtime['release'];
}

/** A runtime whose runner is a function. It numbers its messages and keeps what it was told. */
export class FakeRuntime implements Runtime {
  readonly kind = 'local';
  readonly heard: ToRunner[] = [];
  disposals = 0;
  readonly #options: FakeRuntimeOptions;

  constructor(options: FakeRuntimeOptions) {
    this.#options = options;
  }

  async prepare(...args: Parameters<Runtime['prepare']>): ReturnType<Runtime['prepare']> {
    return this.#options.prepare?.(...args) ?? { image: '/usr/bin/python3', digest: null, built: false, seconds: 0 };
  }

  async launch(): Promise<RunnerConnection> {
    const lines = new AsyncQueue<string>();
    const { promise: ended, resolve } = createDeferred<RunnerEnd>();
    let sequence = 0;
    const die = (end: Partial<RunnerEnd>): void => {
      lines.close();
      resolve({ ...QUIET_END, ...end });
    };
    const runner: FakeRunner = {
      die,
      line: (text) => lines.push(text),
      say: (message) => lines.push(JSON.stringify({ sequence: ++sequence, ...message })),
    };
    return {
      paths: { source: '/source', work: '/work', links: [] },
      container: null,
      lines,
      ended,
      send: (line) => {
        const message = JSON.parse(line) as ToRunner;
        this.heard.push(message);
        this.#options.onMessage(runner, message);
      },
      onDidChange: new Emitter<ConnectionState>().event,
      collect: async () => {},
      dispose: async () => {
        this.disposals++;
        die({});
      },
    };
  }

  async attach(): Promise<RunnerConnection | null> {
    return null;
  }

  async release(...args: Parameters<Runtime['release']>): Promise<void> {
    await this.#options.release?.(...args);
  }

  async remove(): Promise<boolean> {
    return false;
  }
}
