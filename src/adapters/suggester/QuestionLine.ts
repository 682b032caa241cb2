import { createDeferred } from '../../base/createDeferred.ts';
import * as v from 'valibot';
import { HoneError } from '../../base/HoneError.ts';
import type { RunnerConnection } from '../../core/ports/Runtime.ts';

/** A live hone_suggester: it answers each line of its standard input with one of its output. */
export type SuggesterProcess = Pick<RunnerConnection, 'lines' | 'send' | 'ended' | 'dispose'>;

/** An answer takes some milliseconds; importing Optuna takes seconds on a busy machine. */
const PATIENCE_MS = 120_000;

const answer = v.object({
  id: v.number(),
  error: v.optional(v.string()),
  assignment: v.optional(v.record(v.string(), v.unknown())),
});

export type Answer = v.InferOutput<typeof answer>;

/** Asks a suggester's process one question after the other. What it says is untrusted: anything but an answer is skipped. */
export class QuestionLine {
  readonly #process: SuggesterProcess;
  readonly #lines: AsyncIterator<string>;
  #last: Promise<unknown> = Promise.resolve();
  #asked = 0;

  constructor(process: SuggesterProcess) {
    this.#process = process;
    this.#lines = process.lines[Symbol.asyncIterator]();
  }

  /** Throws HoneError `protocol` where no answer comes, `cancelled` where the signal fires first. */
  ask(request: unknown, signal: AbortSignal): Promise<Answer> {
    const turn = this.#last.then(() => this.#askNow(request, signal));
    this.#last = turn.catch(() => {}); // Whoever asked has its failure; the next question is its own.
    return turn;
  }

  dispose(): Promise<void> {
    return this.#process.dispose();
  }

  async #askNow(request: unknown, signal: AbortSignal): Promise<Answer> {
    signal.throwIfAborted();
    const id = ++this.#asked;
    this.#process.send(`${JSON.stringify({ id, request })}\n`);
    const limit = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
    const aborted = createDeferred<never>();
    const onAbort = (): void => aborted.reject(signal.aborted ? cancelled() : silent('It took too long.'));
    limit.addEventListener('abort', onAbort, { once: true });
    try {
      return await Promise.race([this.#read(id), aborted.promise]);
    } finally {
      limit.removeEventListener('abort', onAbort);
    }
  }

  async #read(id: number): Promise<Answer> {
    for (;;) {
      const line = await this.#lines.next();
      if (line.done === true) throw silent((await this.#process.ended).diagnostics.trim().split('\n').at(-1) ?? '');
      const found = parseAnswer(line.value);
      if (found?.id !== id) continue;
      if (found.error !== undefined) throw silent(found.error);
      return found;
    }
  }
}

function parseAnswer(line: string): Answer | null {
  try {
    const parsed = v.safeParse(answer, JSON.parse(line));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}

function silent(why: string): HoneError {
  return new HoneError('protocol', `The suggester gave no answer. ${why}`.trim());
}

function cancelled(): HoneError {
  return new HoneError('cancelled', 'Cancelled.');
}
