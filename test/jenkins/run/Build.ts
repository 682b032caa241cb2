import { randomUUID } from 'node:crypto';
import type { Controller, Job } from './Controller.ts';
import { worseOf, type Result } from './Failure.ts';
import { killByCookie } from './killByCookie.ts';

/** A stage that a build came to. */
export interface StageEntry {
  readonly name: string;
  result: Result | 'SKIPPED';
}

/** One build of a job: what came of it, and what its steps share. */
export class Build {
  readonly number: number;
  readonly cookie = randomUUID();
  readonly stages: StageEntry[] = [];
  readonly stashes = new Map<string, string>();
  readonly tests = { total: 0, failed: 0, skipped: 0 };
  result: Result = 'SUCCESS';
  log = '';
  lost = false;
  /** Set once it has ended, by its result. */
  ended = false;
  readonly #abort = new AbortController();
  #onLog: (() => void)[] = [];

  constructor(
    readonly controller: Controller,
    readonly job: Job,
    readonly parameters: ReadonlyMap<string, string>,
    /** Absolute path of the agent's root folder. */
    readonly agent: string,
    /** The build that started it; null where nothing did. */
    readonly upstream: Build | null,
  ) {
    this.number = job.builds.length + 1;
    job.builds.push(this);
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get previous(): Build | undefined {
    return this.job.builds.findLast(({ number, ended }) => ended && number < this.number);
  }

  abort(): void {
    this.#abort.abort();
  }

  /** Its agent is gone: all that ran there in its name is dead at once, and nothing of it runs there any more, no post section either. */
  lose(): void {
    this.lost = true;
    killByCookie('JENKINS_NODE_COOKIE', this.cookie, 'SIGKILL');
    this.#abort.abort();
  }

  worsen(result: Result): void {
    this.result = worseOf(this.result, result);
  }

  say(text: string): void {
    this.log += text;
    this.#onLog.forEach((listener) => listener());
  }

  /** Resolves once the log matches. */
  async logged(expression: RegExp): Promise<void> {
    await new Promise<void>((resolve) => {
      const look = (): void => void (expression.test(this.log) && resolve());
      this.#onLog.push(look);
      look();
    });
  }
}
