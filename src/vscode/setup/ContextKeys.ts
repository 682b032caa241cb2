import { join } from 'node:path';
import { commands } from 'vscode';
import { DisposableStore, type Disposable } from '../../base/DisposableStore.ts';
import type { FoundScripts } from '../scripts/FoundScripts.ts';
import type { WatchedStudies } from '../studies/WatchedStudies.ts';
import type { Workspace } from '../Workspace.ts';
import type { ContextValues } from './contextValues.ts';

/** Keeps the keys that package.json's menus and welcome views are shown by. */
export class ContextKeys implements Disposable {
  readonly #scripts: FoundScripts;
  readonly #studies: WatchedStudies;
  readonly #workspace: Workspace;
  readonly #store = new DisposableStore();
  readonly #set = new Map<string, string>();

  constructor(scripts: FoundScripts, studies: WatchedStudies, folders: Workspace) {
    this.#scripts = scripts;
    this.#studies = studies;
    this.#workspace = folders;
    this.#store.add(scripts.onDidChange(() => this.#updateScripts()));
    this.#store.add(studies.onDidChange(() => this.#updateStudies()));
    this.#updateScripts();
    this.#updateStudies();
    this.set('hone.engine', 'unknown');
  }

  set<Key extends keyof ContextValues>(key: Key, value: ContextValues[Key]): void {
    const text = JSON.stringify(value);
    if (this.#set.get(key) === text) return;
    this.#set.set(key, text);
    void commands.executeCommand('setContext', key, value);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #updateScripts(): void {
    const folders = this.#workspace.folders();
    const states = folders.map((folder) => this.#scripts.state(folder));
    const state = (['scanning', 'never', 'failed'] as const).find((candidate) => states.includes(candidate)) ?? 'done';
    const files = folders.flatMap((folder) => this.#scripts.scripts(folder).map((script) => join(folder, script.path)));
    this.set('hone.scan', state);
    this.set('hone.findsScripts', files.length > 0);
    this.set('hone.trainingFiles', files);
  }

  #updateStudies(): void {
    this.set(
      'hone.hasResults',
      this.#studies.folders.some((folder) => this.#studies.studies(folder).length > 0),
    );
    this.set('hone.isRunning', this.#studies.active().length > 0);
  }
}
