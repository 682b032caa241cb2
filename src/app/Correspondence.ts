import { describeError } from '../base/HoneError.ts';
import type { JournalEvent } from '../core/study/JournalEvent.ts';
import type { StudyPlan } from '../core/study/StudyPlan.ts';
import type { NoticePorts } from './NoticePorts.ts';
import { postNotices } from './postNotices.ts';

export interface CorrespondenceOptions {
  readonly ports: NoticePorts;
  readonly plan: StudyPlan;
  /** The journal so far. */
  readonly events: () => readonly JournalEvent[];
  /** Told what went wrong here; a study never fails of it. */
  readonly warn: (text: string) => void;
}

/** What waits is tried again so often while a study runs. */
const RETRY_MS = 60_000;
/** A supervisor outlives its study for so long, to hand its last mail over. Whoever looks next sends what is left. */
const LINGER_MS = 20_000;

/** Tells people of a study while its supervisor lives. It works beside the training, which never waits for it. */
export class Correspondence {
  readonly #options: CorrespondenceOptions;
  readonly #stopped = new AbortController();
  #work: Promise<void> = Promise.resolve();
  #isQueued = false;
  #isClosing = false;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(options: CorrespondenceOptions) {
    this.#options = options;
  }

  /** Looks for what is to be told by now, soon. */
  look(): void {
    if (this.#isQueued || this.#isClosing) return;
    this.#isQueued = true;
    this.#work = this.#work.then(async () => {
      this.#isQueued = false;
      this.#wake(await this.#tell());
    });
  }

  /** Hands over what is left, for a while at most. Never rejects. */
  async close(): Promise<void> {
    this.#isClosing = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    const limit = setTimeout(() => this.#stopped.abort(), LINGER_MS);
    await this.#work;
    await this.#tell();
    clearTimeout(limit);
  }

  /** When to look again, milliseconds from now; null where nothing is expected. */
  async #tell(): Promise<number | null> {
    const { ports, plan, events, warn } = this.#options;
    try {
      const known = events();
      const nextAt = await postNotices(ports, plan, known);
      if (known.at(-1)?.type === 'study-ended') await ports.awaited.remove(plan);
      await ports.outbox.deliver('due', this.#stopped.signal);
      const { waiting } = await ports.outbox.read();
      const untilNext = nextAt === null ? null : Math.max(0, nextAt - ports.now());
      return waiting.length === 0 ? untilNext : Math.min(RETRY_MS, untilNext ?? RETRY_MS);
    } catch (error) {
      warn(`What is to be told of ${plan.study} could not be: ${describeError(error)}`);
      return RETRY_MS;
    }
  }

  #wake(afterMs: number | null): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = afterMs === null || this.#isClosing ? null : setTimeout(() => this.look(), afterMs);
  }
}
