import { createDeferred, type Deferred } from '../base/createDeferred.ts';
import type { RunnerConnection } from '../core/ports/Runtime.ts';
import { parseRunnerLine, renderRunnerLine, type FromRunner, type ToRunner } from '../protocol/runnerMessages.ts';
import { maskSecrets } from './maskSecrets.ts';

/** What a runner says of one trial, or of one repeat of it. */
export type TrialNews = Extract<FromRunner, { trial: number }>;

/** One run of a trial; repeat 0 is the trial itself. */
export interface RunName {
  readonly trial: number;
  readonly repeat: number;
}

/** `gone`: the runner has ended. `unknown`: it lives, and knows nothing of the run: its order was lost with a connection. */
export type RunLoss = 'gone' | 'unknown';

/** Takes the news of a run; where it returns a promise, the runner keeps the message until that settles. */
export type RunListener = (news: TrialNews | RunLoss) => void | Promise<void>;

export interface RunnerOptions {
  /** Variables for its trials. They may be secret. */
  readonly environment: Readonly<Record<string, string>>;
  /** Values that nothing it says may show. */
  readonly secrets: readonly string[];
  readonly onReady?: (ready: Extract<FromRunner, { type: 'ready' }>) => void;
  /** What an earlier supervisor heard of it: the last message that it journalled, and the runs of which it journalled no end. */
  readonly heard?: { readonly sequence: number; readonly open: readonly RunName[] };
}

type Numbered = Extract<FromRunner, { sequence: number }>;

/** A runner that does not answer for so long is taken for one that never will. */
const ANSWER_MS = 10_000;

/**
 * A runner as it is listened to. Each message is handed on once, however often it comes, and acknowledged as soon as it has been dealt with. After a
 * connection broke nothing is taken before the runner begins to say again what may be lost.
 */
export class Runner {
  readonly connection: RunnerConnection;
  readonly environment: Readonly<Record<string, string>>;
  readonly #options: RunnerOptions;
  readonly #listeners = new Map<string, RunListener>();
  /** Runs that were ordered, and of which it has told no end. */
  readonly #ordered: Set<string>;
  /** Ends that may come again although later messages were journalled: the files of a run are brought home before its end is. */
  readonly #open: Set<string>;
  /** Messages that are being dealt with. */
  readonly #unsettled = new Set<number>();
  #last: number;
  #alive = true;
  #ranOutOfMemory = false;
  #asked: { readonly answer: Deferred<readonly RunName[] | null>; running: readonly RunName[] | null } | null = null;

  constructor(connection: RunnerConnection, options: RunnerOptions) {
    this.connection = connection;
    this.environment = options.environment;
    this.#options = options;
    this.#open = new Set(options.heard?.open.map(keyOf));
    this.#ordered = new Set(this.#open);
    this.#last = options.heard?.sequence ?? 0;
    void this.#read();
  }

  /** False once it is gone: it takes no trial any more. */
  get alive(): boolean {
    return this.#alive;
  }

  /** True once it told of a script that was killed for memory: the engine says so of the container from then on. */
  get ranOutOfMemory(): boolean {
    return this.#ranOutOfMemory;
  }

  send(message: ToRunner): void {
    if (message.type === 'trial') this.#ordered.add(keyOf(message));
    this.connection.send(renderRunnerLine(message));
  }

  /** Hands on what is said of a run, in order and each message once, until the listener is removed. */
  listen(run: RunName, listener: RunListener): () => void {
    this.#listeners.set(keyOf(run), listener);
    if (!this.#alive) void listener('gone');
    return () => this.#listeners.delete(keyOf(run));
  }

  /** Has it say again what may have been lost; resolves after that with what runs in it, null where it does not answer and is disposed. */
  async catchUp(): Promise<readonly RunName[] | null> {
    const ordered = [...this.#ordered];
    const running = await this.#resend();
    if (running === null) {
      await this.connection.dispose();
      return null;
    }
    const known = new Set(running.map(keyOf));
    const lost = ordered.filter((key) => !known.has(key) && this.#ordered.delete(key));
    for (const key of lost) void this.#listeners.get(key)?.('unknown');
    return running;
  }

  async #read(): Promise<void> {
    const changes = this.connection.onDidChange((state) => void (state === 'attached' && this.catchUp()));
    for await (const line of this.connection.lines) {
      const message = parseRunnerLine(line);
      if (message === null) continue; // Noise.
      if (message.type === 'resending') this.#answer(message);
      else if (this.#asked?.running !== null && this.#isNew(message)) this.#take(message);
    }
    changes.dispose();
    this.#alive = false;
    this.#asked?.answer.resolve(null);
    for (const tell of [...this.#listeners.values()]) void tell('gone');
  }

  #isNew(message: Numbered): boolean {
    return message.sequence > this.#last || (message.type === 'trial-ended' && this.#open.has(keyOf(message)));
  }

  #take(said: Numbered): void {
    const message = maskSecrets(said, this.#options.secrets);
    this.#last = Math.max(this.#last, message.sequence);
    if (message.type === 'ready') this.#options.onReady?.(message);
    if (message.type === 'trial-ended') {
      this.#open.delete(keyOf(message));
      this.#ordered.delete(keyOf(message));
      this.#ranOutOfMemory ||= message.outOfMemory;
    }
    const dealt = 'trial' in message ? this.#listeners.get(keyOf(message))?.(message) : undefined;
    if (dealt === undefined) return this.#acknowledge();
    this.#unsettled.add(message.sequence);
    void dealt.finally(() => {
      this.#unsettled.delete(message.sequence);
      this.#acknowledge();
    });
  }

  #acknowledge(): void {
    const before = [...this.#unsettled].map((sequence) => sequence - 1);
    this.send({ type: 'acknowledge', sequence: Math.min(this.#last, ...before) });
  }

  async #resend(): Promise<readonly RunName[] | null> {
    const asked = { answer: createDeferred<readonly RunName[] | null>(), running: null };
    this.#asked?.answer.resolve(null);
    this.#asked = asked;
    this.send({ type: 'resend' });
    const timer = setTimeout(() => asked.answer.resolve(null), ANSWER_MS);
    const running = await asked.answer.promise;
    clearTimeout(timer);
    if (this.#asked === asked) this.#asked = null;
    return running;
  }

  #answer({ done, trials }: Extract<FromRunner, { type: 'resending' }>): void {
    if (this.#asked === null) return;
    if (done) this.#asked.answer.resolve(this.#asked.running);
    else this.#asked.running = trials;
  }
}

/** A notice is of the trial itself. */
function keyOf(run: { readonly trial: number; readonly repeat?: number | undefined }): string {
  return `${run.trial} ${run.repeat ?? 0}`;
}
