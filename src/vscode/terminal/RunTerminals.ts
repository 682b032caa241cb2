import { ThemeIcon, window, type Memento, type Terminal } from 'vscode';
import type { Hone } from '../../app/Hone.ts';
import { DisposableStore, type Disposable } from '../../base/DisposableStore.ts';
import { isActive } from '../studies/describeStudy.ts';
import type { StudyRef, WatchedStudies } from '../studies/WatchedStudies.ts';
import { RunTerminal, terminalName } from './RunTerminal.ts';

/** Key of the memento. */
const MEMORY = 'hone.openTerminals';

/** The terminals with the output of studies: one a script, and as many as run at the same time. */
export class RunTerminals implements Disposable {
  readonly #hone: () => Promise<Hone>;
  readonly #studies: WatchedStudies;
  readonly #interrupt: (ref: StudyRef) => void;
  readonly #memory: Memento;
  readonly #open = new Map<Terminal, RunTerminal>();
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
    const known = [...this.#open].find(([, pty]) => keyOf(pty.ref) === keyOf(ref))?.[0];
    this.#earlier.delete(keyOf(ref));
    const terminal = known ?? this.#takeOver(ref) ?? this.#create(ref);
    terminal.show(true);
  }

  /** The study whose output a terminal shows; null for a terminal that is not ours. */
  studyOf(terminal: Terminal): StudyRef | null {
    return this.#open.get(terminal)?.ref ?? null;
  }

  dispose(): void {
    this.#store.dispose();
    for (const terminal of this.#open.keys()) terminal.dispose();
    this.#open.clear();
  }

  /** A terminal whose study is over, of the same script, with the study in it; null where there is none. */
  #takeOver(ref: StudyRef): Terminal | null {
    const script = this.#studies.get(ref)?.script;
    const free = [...this.#open].find(([, pty]) => pty.isOver && pty.script === script && pty.ref.folder === ref.folder);
    if (free === undefined) return null;
    const [terminal, pty] = free;
    pty.take(ref);
    this.#remember();
    return terminal;
  }

  #create(ref: StudyRef): Terminal {
    const pty = new RunTerminal({
      studies: this.#studies,
      ref,
      logPath: async ({ folder, id }, trial) => (await this.#hone()).logPath(folder, id, trial),
      onInterrupt: this.#interrupt,
    });
    const terminal = window.createTerminal({
      name: terminalName(ref),
      pty,
      iconPath: new ThemeIcon('beaker'),
      isTransient: true,
    });
    this.#open.set(terminal, pty);
    this.#remember();
    return terminal;
  }

  /** A study that still runs, and whose output was on the screen when the window was closed, gets its terminal back. */
  #restore(ref: StudyRef): void {
    if (this.#earlier.delete(keyOf(ref))) this.show(ref);
  }

  #remember(): void {
    void this.#memory.update(
      MEMORY,
      [...this.#open.values()].map(({ ref }) => keyOf(ref)),
    );
  }
}

function keyOf(ref: StudyRef): string {
  return JSON.stringify([ref.folder, ref.id]);
}
