import { StringDecoder } from 'node:string_decoder';
import type { Progress } from '../../core/ports/Runtime.ts';
import { parseBuildStatus, type BuildStep } from './BuildStatus.ts';

/** One line of the engine's answer to a build. */
interface BuildEvent {
  readonly id?: string;
  readonly aux?: unknown;
  readonly error?: string;
  readonly errorDetail?: { readonly message?: string };
}

/** Why a build failed: the engine's sentence, the step, and the end of that step's output. */
export interface BuildFailure {
  readonly message: string;
  readonly step: string | null;
  readonly output: readonly string[];
}

/** A package that cannot be built tells so at length, after the line that names it. */
const KEPT_LINES = 2000;

/** Follows a build's event stream: what it does now, how far it is, and, since failures come as ordinary events, why it failed. */
export class BuildLog {
  readonly #label: string;
  readonly #downloadBytes: number;
  readonly #steps = new Map<string, BuildStep>();
  readonly #output = new Map<string, string[]>();
  readonly #decoder = new StringDecoder('utf8');
  #pending = '';
  #downloaded = 0;
  #running = '';
  #fraction = 0;
  #error: string | null = null;

  constructor(label: string, downloadBytes: number) {
    this.#label = label;
    this.#downloadBytes = downloadBytes;
  }

  /** Null while nothing went wrong. */
  get failure(): BuildFailure | null {
    if (this.#error === null) return null;
    const step = [...this.#steps.values()].find(({ error }) => error !== '') ?? null;
    return { message: this.#error, step: step?.name ?? null, output: this.#output.get(step?.digest ?? '') ?? [] };
  }

  /** Takes a piece of the stream; a line may be spread over several. */
  write(chunk: Buffer): void {
    const lines = (this.#pending + this.#decoder.write(chunk)).split('\n');
    this.#pending = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') this.#takeEvent(JSON.parse(line) as BuildEvent);
  }

  progress(): Progress {
    const steps = [...this.#steps.values()].filter(({ name }) => stepPosition(name) !== null);
    const total = Math.max(1, ...steps.map(({ name }) => stepPosition(name)?.total ?? 1));
    const done = steps.filter(({ completed }) => completed).length;
    const download = this.#downloadBytes === 0 ? done / total : Math.min(1, this.#downloaded / this.#downloadBytes);
    this.#fraction = Math.max(this.#fraction, Math.min(0.99, 0.7 * download + 0.3 * (done / total)));
    return {
      text: `Building ${this.#label}, step ${Math.min(done + 1, total)} of ${total}: ${this.#running}`,
      fraction: this.#fraction,
    };
  }

  #takeEvent(event: BuildEvent): void {
    if (event.errorDetail !== undefined || event.error !== undefined)
      this.#error = event.errorDetail?.message ?? event.error ?? '';
    if (event.id !== 'moby.buildkit.trace' || typeof event.aux !== 'string') return;
    const { steps, output } = parseBuildStatus(Buffer.from(event.aux, 'base64'));
    for (const step of steps) {
      this.#steps.set(step.digest, step);
      if (!step.completed) this.#running = step.name.replace(/^\[[^\]]*\]\s*/, '').slice(0, 100);
    }
    for (const { step, text } of output) this.#takeOutput(step, text);
  }

  #takeOutput(step: string, text: string): void {
    const lines = this.#output.get(step) ?? [];
    for (const line of text.split(/[\r\n]+/).filter((part) => part.trim() !== '')) {
      lines.push(line.trimEnd());
      this.#running = line.trim().slice(0, 160);
      this.#downloaded += announcedBytes(line);
    }
    this.#output.set(step, lines.slice(-KEPT_LINES));
  }
}

function stepPosition(name: string): { number: number; total: number } | null {
  const match = /^\[(?:[^\]]*\s)?(\d+)\/(\d+)\]/.exec(name);
  return match === null ? null : { number: Number(match[1]), total: Number(match[2]) };
}

/** pip says `Downloading NAME (271.3 MB)` or `Using cached NAME (12 kB)` before each package. */
function announcedBytes(line: string): number {
  const match = /^\s*(?:Downloading|Using cached) .*\(([\d.]+)\s*([kMG]?)B\)/.exec(line);
  return match === null ? 0 : Number(match[1]) * ({ k: 1e3, M: 1e6, G: 1e9 }[match[2] ?? ''] ?? 1);
}
