import { ThemeIcon, window, type Memento, type Terminal } from 'vscode';
import type { Hone } from '../../app/Hone.ts';
import { DisposableStore, type Disposable } from '../../base/DisposableStore.ts';
import { isActive } from '../studies/describeStudy.ts';
import type { StudyRef, WatchedStudies } from '../studies/WatchedStudies.ts';
import { RunTerminal } from './RunTerminal.ts';

/** Key of the memento. */
const MEMORY = 'hone.openTerminals';

/** The terminals with the output of studies, one each. */
export class RunTerminals implements Disposable {
  readonly #hone: () => Promise<Hone>;
  readonly #studies: WatchedStudies;
  readonly #interrupt: (ref: StudyRef) => void;
  readonly #memory: Memento;
  readonly #open = new Map<Terminal, StudyRef>();
  readonly #earlier: Set<string>;
  readonly #store = new DisposableStore();

  /** @param memory keeps which terminals were open, for the next window on the same folders */
  constructor(hone: () => Promise<Hone>, studies: WatchedStudies, interrupt: (ref: StudyRef) => void, memory: Memento) {
    this.#hone = hone;
    this.#memory = memory;
    this.#earlier = new Set(memory.get<readonly string[]>(MEMORY, []));
    this.#studies = studies;
    this.#interrupt = interrupt;
    this.#store.add(
      window.onDidCloseTerminal((terminal) => {
        if (this.#open.delete(terminal)) this.#remember();
      }),
    );
    this.#store.add(studies.onDidChange((change) => change.now !== null && isActive(change.now) && this.#restore(change)));
  }

  /** Shows a study's terminal, without taking the focus from the editor. */
  show(ref: StudyRef): void {
    const known = [...this.#open].find(([, { folder, id }]) => folder === ref.folder && id === ref.id)?.[0];
    this.#earlier.delete(keyOf(ref));
    const terminal = known ?? this.#create(ref);
    terminal.show(true);
  }

  /** The study whose output a terminal shows; null for a terminal that is not ours. */
  studyOf(terminal: Terminal): StudyRef | null {
    return this.#open.get(terminal) ?? null;
  }

  dispose(): void {
    this.#store.dispose();
    for (const terminal of this.#open.keys()) terminal.dispose();
    this.#open.clear();
  }

  #create(ref: StudyRef): Terminal {
    const pty = new RunTerminal({
      studies: this.#studies,
      ref,
      logPath: async (trial) => (await this.#hone()).logPath(ref.folder, ref.id, trial),
      onInterrupt: () => this.#interrupt(ref),
    });
    const terminal = window.createTerminal({ name: `Hone: ${ref.id}`, pty, iconPath: new ThemeIcon('beaker'), isTransient: true });
    this.#open.set(terminal, ref);
    this.#remember();
    return terminal;
  }

  /** A study that still runs, and whose output was on the screen when the window was closed, gets its terminal back. */
  #restore(ref: StudyRef): void {
    if (this.#earlier.delete(keyOf(ref))) this.show(ref);
  }

  #remember(): void {
    void this.#memory.update(MEMORY, [...this.#open.values()].map(keyOf));
  }
}

function keyOf(ref: StudyRef): string {
  return JSON.stringify([ref.folder, ref.id]);
}
