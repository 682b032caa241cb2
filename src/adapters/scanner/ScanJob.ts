import type { HoneError } from '../../base/HoneError.ts';
import type { ScanRequest } from '../../core/ports/ScriptScanner.ts';
import type { Script } from '../../core/scan/Script.ts';

/** One scan under way: the files that wait to be read, and the scripts that nobody has taken yet. */
export class ScanJob {
  readonly id: number;
  readonly folder: string;
  readonly all: boolean;
  walking: boolean;
  /** Files that threads are reading. */
  reading = 0;
  /** Threads that were lost over its files. */
  lost = 0;
  failure: HoneError | null = null;
  #waiting: string[];
  #next = 0;
  #found: Script[] = [];
  #wake: () => void = () => undefined;

  /** `file` is the only one to read; where it is null, a walk brings the files. */
  constructor(id: number, request: ScanRequest, file: string | null) {
    this.id = id;
    this.folder = request.folder;
    this.all = request.all ?? false;
    this.walking = file === null;
    this.#waiting = file === null ? [] : [file];
  }

  /** Files that wait to be read. */
  get waiting(): number {
    return this.#waiting.length - this.#next;
  }

  /** True once all that there was has been read. */
  get done(): boolean {
    return !this.walking && this.waiting === 0 && this.reading === 0;
  }

  add(files: readonly string[]): void {
    if (this.waiting === 0) {
      this.#waiting = [...files];
      this.#next = 0;
    } else for (const file of files) this.#waiting.push(file);
  }

  /** Up to `count` files that are now being read. */
  take(count: number): string[] {
    const files = this.#waiting.slice(this.#next, this.#next + count);
    this.#next += files.length;
    this.reading += files.length;
    return files;
  }

  /** Notes what reading some files gave. */
  found(scripts: readonly Script[], files: number): void {
    this.reading -= files;
    this.#found.push(...scripts);
    this.#wake();
  }

  fail(failure: HoneError): void {
    this.failure = failure;
    this.#wake();
  }

  /** Makes `next` look again. */
  wake(): void {
    this.#wake();
  }

  /** The scripts found since the last call; none where nobody found any. */
  collect(): Script[] {
    const found = this.#found;
    this.#found = [];
    return found;
  }

  /** Settles at the next change, whatever it is. */
  async next(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
  }
}
