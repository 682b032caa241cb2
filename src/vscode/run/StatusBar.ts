import { StatusBarAlignment, ThemeColor, window, workspace, type StatusBarItem } from 'vscode';
import { DisposableStore, type Disposable } from '../../base/DisposableStore.ts';
import type { Study } from '../../core/study/Study.ts';
import type { FoundScripts } from '../scripts/FoundScripts.ts';
import { isActive } from '../studies/describeStudy.ts';
import type { StudyChange, StudyRef, WatchedStudies } from '../studies/WatchedStudies.ts';
import type { Workspace } from '../Workspace.ts';
import { describeStatus } from './describeStatus.ts';

/** The one button: trains, then spins with epoch and accuracy, then shows the result until somebody looks at it. */
export class StatusBar implements Disposable {
  readonly #studies: WatchedStudies;
  readonly #scripts: FoundScripts;
  readonly #workspace: Workspace;
  readonly #store = new DisposableStore();
  readonly #item: StatusBarItem;
  #ended: StudyRef | null = null;
  #starting = 0;

  constructor(studies: WatchedStudies, scripts: FoundScripts, folders: Workspace) {
    this.#studies = studies;
    this.#scripts = scripts;
    this.#workspace = folders;
    this.#item = this.#store.add(window.createStatusBarItem('hone.run', StatusBarAlignment.Left, 10));
    this.#item.name = 'Hone';
    this.#store.add(studies.onDidChange((change) => this.#changed(change)));
    this.#store.add(studies.onDidProgress(() => this.draw()));
    this.#store.add(scripts.onDidChange(() => this.draw()));
    this.#store.add(window.onDidChangeActiveTextEditor(() => this.draw()));
    this.#store.add(window.onDidChangeActiveNotebookEditor(() => this.draw()));
    this.#store.add(workspace.onDidGrantWorkspaceTrust(() => this.draw()));
    this.draw();
  }

  /** Shows that a run is being planned until the promise settles. */
  async starting<T>(work: Promise<T>): Promise<T> {
    this.#starting += 1;
    this.#ended = null;
    this.draw();
    try {
      return await work;
    } finally {
      this.#starting -= 1;
      this.draw();
    }
  }

  /** The result was looked at, so the button offers to train again. */
  seen(): void {
    this.#ended = null;
    this.draw();
  }

  draw(): void {
    const active = this.#studies.active();
    const ref = active[0] ?? this.#ended;
    const study = ref === null ? null : this.#studies.get(ref);
    const status = describeStatus({
      script: this.#script(),
      starting: this.#starting > 0,
      trusted: workspace.isTrusted,
      shown: ref === null || study === null ? null : { ref, study },
      progress: ref === null ? null : this.#studies.progress(ref),
      others: Math.max(0, active.length - 1),
    });
    if (ref === null && this.#starting === 0 && !this.#mayTrain()) return this.#item.hide();
    this.#item.show();
    this.#item.text = status.text;
    this.#item.tooltip = status.tooltip;
    this.#item.command = { title: status.text, command: status.command, arguments: [...status.arguments] };
    this.#item.backgroundColor = status.background === null ? undefined : new ThemeColor(status.background);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #changed(change: StudyChange): void {
    if (endedJustNow(change.before, change.now)) this.#ended = { folder: change.folder, id: change.id };
    this.draw();
  }

  /** False where no folder is open, and where all were looked through in vain. */
  #mayTrain(): boolean {
    return this.#workspace
      .folders()
      .some((folder) => this.#scripts.state(folder) !== 'done' || this.#scripts.scripts(folder).length > 0);
  }

  /** The active file where it trains, else the only script there is. */
  #script(): string | null {
    const active = this.#workspace.activeFile();
    const found = active === null ? null : this.#scripts.find(active.folder, active.path);
    if (found !== null) return nameOf(found.path);
    const all = this.#workspace.folders().flatMap((folder) => this.#scripts.scripts(folder));
    return all.length === 1 && all[0] !== undefined ? nameOf(all[0].path) : null;
  }
}

function endedJustNow(before: Study | null, now: Study | null): boolean {
  return before !== null && isActive(before) && now !== null && !isActive(now);
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
