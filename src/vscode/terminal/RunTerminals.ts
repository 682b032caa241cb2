import { ThemeIcon, window, type Terminal } from 'vscode';
import type { Hone } from '../../app/Hone.ts';
import { DisposableStore, type Disposable } from '../../base/DisposableStore.ts';
import type { StudyRef, WatchedStudies } from '../studies/WatchedStudies.ts';
import { RunTerminal } from './RunTerminal.ts';

/** The terminals with the output of studies, one each. */
export class RunTerminals implements Disposable {
  readonly #hone: () => Promise<Hone>;
  readonly #studies: WatchedStudies;
  readonly #interrupt: (ref: StudyRef) => void;
  readonly #open = new Map<Terminal, StudyRef>();
  readonly #store = new DisposableStore();

  constructor(hone: () => Promise<Hone>, studies: WatchedStudies, interrupt: (ref: StudyRef) => void) {
    this.#hone = hone;
    this.#studies = studies;
    this.#interrupt = interrupt;
    this.#store.add(window.onDidCloseTerminal((terminal) => this.#open.delete(terminal)));
  }

  /** Shows a study's terminal, without taking the focus from the editor. */
  show(ref: StudyRef): void {
    const known = [...this.#open].find(([, { folder, id }]) => folder === ref.folder && id === ref.id)?.[0];
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
    return terminal;
  }
}
