import { EventEmitter, type Pseudoterminal } from 'vscode';
import { DisposableStore } from '../../base/DisposableStore.ts';
import { describeError } from '../../base/HoneError.ts';
import type { Trial } from '../../core/study/Study.ts';
import { describeStudy, describeTrial, isActive, summarizeStudy } from '../studies/describeStudy.ts';
import type { StudyRef, WatchedStudies } from '../studies/WatchedStudies.ts';
import { tailFile } from './tailFile.ts';

const LAST_BYTES = 1_000_000;
const INTERRUPT = '\u0003';
/** Of the terminal's own palette, which follows the theme. */
const [DIM, RED, GREEN, YELLOW] = [2, 31, 32, 33];

export interface RunTerminalOptions {
  readonly studies: WatchedStudies;
  /** The study that it shows first. */
  readonly ref: StudyRef;
  /** Path of a trial's output.log. */
  readonly logPath: (ref: StudyRef, trial: number) => Promise<string>;
  /** Ctrl+C was pressed. */
  readonly onInterrupt: (ref: StudyRef) => void;
}

/**
 * Shows a study's output as it comes, progress bars intact, with what Hone does around it. The log is read and not the
 * live events, so a terminal that is opened late shows all of it. Closing it stops nothing. Once a study is over, the
 * terminal can take the next one.
 */
export class RunTerminal implements Pseudoterminal {
  readonly #options: RunTerminalOptions;
  readonly #onDidWrite = new EventEmitter<string>();
  readonly #onDidClose = new EventEmitter<void>();
  readonly #onDidChangeName = new EventEmitter<string>();
  readonly #abort = new AbortController();
  readonly #store = new DisposableStore();
  #ref: StudyRef;
  #wake: () => void = () => undefined;
  #atLineStart = true;
  #over = false;
  #step = '';

  /** The script whose studies it shows; null where that is not known. */
  readonly script: string | null;
  readonly onDidWrite = this.#onDidWrite.event;
  readonly onDidClose = this.#onDidClose.event;
  readonly onDidChangeName = this.#onDidChangeName.event;

  constructor(options: RunTerminalOptions) {
    this.#options = options;
    this.#ref = options.ref;
    this.script = options.studies.get(options.ref)?.script ?? null;
  }

  /** The study that it shows now. */
  get ref(): StudyRef {
    return this.#ref;
  }

  /** True once it has shown its study to the end. */
  get isOver(): boolean {
    return this.#over;
  }

  open(): void {
    const { studies } = this.#options;
    this.#store.add(studies.onDidChange((change) => this.#shows(change) && this.#wake()));
    this.#store.add(studies.onDidProgress((change) => this.#shows(change) && this.#sayStep(change.progress.text)));
    this.#start();
  }

  /** Shows another study of the script below what it has shown; only once that is over. */
  take(ref: StudyRef): void {
    this.#ref = ref;
    this.#over = false;
    this.#step = '';
    this.#onDidChangeName.fire(terminalName(ref));
    this.#write('\n');
    this.#start();
  }

  close(): void {
    this.#abort.abort();
    this.#wake();
    this.#store.dispose();
  }

  handleInput(data: string): void {
    if (this.#over) this.#onDidClose.fire();
    else if (data === INTERRUPT) this.#options.onInterrupt(this.#ref);
  }

  #shows({ folder, id }: StudyRef): boolean {
    return id === this.#ref.id && folder === this.#ref.folder;
  }

  #start(): void {
    void this.#show()
      .catch((error: unknown) => this.#say(describeError(error)))
      .finally(() => (this.#over = true));
  }

  async #show(): Promise<void> {
    const { studies } = this.#options;
    const ref = this.#ref;
    this.#say(`Training ${studies.get(ref)?.script ?? ''} as ${ref.id}`);
    const progress = studies.progress(ref);
    if (progress !== null) this.#sayStep(progress.text);
    for (let number = 0; ; number += 1) {
      const trial = await this.#until(number);
      if (trial === null) break;
      await this.#showTrial(number);
    }
    const study = studies.get(ref);
    if (this.#abort.signal.aborted || study === null) return;
    const failed = study.state === 'failed';
    const words = failed ? (study.reason ?? 'failed') : describeStudy(study);
    this.#write(this.#atLineStart ? '\n' : '\n\n');
    this.#say(`${words}\n${summarizeStudy(study)}`, failed ? RED : study.state === 'cancelled' ? YELLOW : GREEN);
    this.#say('Press any key to close this terminal.');
  }

  /** The trial with a number as soon as it is there; null when the study ended without it. */
  async #until(number: number): Promise<Trial | null> {
    const { studies } = this.#options;
    const ref = this.#ref;
    while (!this.#abort.signal.aborted) {
      const changed = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      const study = studies.get(ref);
      const trial = study?.trials.find((candidate) => candidate.number === number);
      if (trial !== undefined) return trial;
      if (study === null || !isActive(study)) return null;
      await changed;
    }
    return null;
  }

  async #showTrial(number: number): Promise<void> {
    const { studies } = this.#options;
    const ref = this.#ref;
    const trial = (): Trial | undefined => studies.get(ref)?.trials.find((candidate) => candidate.number === number);
    const isOver = (): boolean => trial()?.state !== 'running';
    const path = await this.#options.logPath(ref, number);
    for await (const text of tailFile(path, { isOver, signal: this.#abort.signal, lastBytes: LAST_BYTES })) this.#write(text);
    const ended = trial();
    if (studies.get(ref)?.kind === 'study' && ended !== undefined) this.#say(`trial ${number}: ${describeTrial(ended)}`);
  }

  /** A step's share changes more often than its words, which are said once. */
  #sayStep(text: string): void {
    if (text !== this.#step) this.#say(text.replace(/\s+/g, ' '));
    this.#step = text;
  }

  /** A line of Hone's own, dimmed so that it is not taken for the script's. */
  #say(text: string, color = DIM): void {
    this.#write(`${this.#atLineStart ? '' : '\n'}\u001b[${color}m${printable(text)}\u001b[0m\n`);
  }

  #write(text: string): void {
    if (text === '') return;
    this.#atLineStart = text.endsWith('\n');
    this.#onDidWrite.fire(text.replace(/\r?\n/g, '\r\n'));
  }
}

/** What the tab of the terminal with a study's output is called. */
export function terminalName({ id }: StudyRef): string {
  return `Hone: ${id}`;
}

/** Without control characters, so that a reason cannot drive the terminal. */
function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  return text.replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, '');
}
