import { window, workspace, type Memento } from 'vscode';
import type { Hone } from '../../app/Hone.ts';
import type { PollReport } from '../../app/pollRemote.ts';
import type { WatchUpdate } from '../../app/watchRemote.ts';
import { DisposableStore, type Disposable } from '../../base/DisposableStore.ts';
import { Emitter } from '../../base/Emitter.ts';
import { describeError } from '../../base/HoneError.ts';
import { readSettings } from '../settings/readSettings.ts';
import type { Workspace } from '../Workspace.ts';

/** What is known of the remote of a folder. */
export interface WatchedRemote {
  /** Null before the first look. */
  readonly report: PollReport | null;
  /** Why the last look failed, one sentence; null where it did not. */
  readonly failure: string | null;
}

const BLANK: WatchedRemote = { report: null, failure: null };
const MINUTE_MS = 60_000;

/** Watches the remotes of the folders for which a person asked for that, in a trusted window only. */
export class RemoteWatch implements Disposable {
  readonly #hone: () => Promise<Hone>;
  readonly #workspace: Workspace;
  readonly #memory: Memento;
  readonly #onError: (error: unknown) => void;
  readonly #store = new DisposableStore();
  readonly #watched = new Map<string, { known: WatchedRemote; readonly abort: AbortController }>();
  readonly #onDidAsk = this.#store.add(new Emitter<string>());
  readonly #onDidChange = this.#store.add(new Emitter<string>());
  readonly #onDidTell = this.#store.add(new Emitter<{ readonly folder: string; readonly update: WatchUpdate }>());

  /** Tells the folder of which something else is known. */
  readonly onDidChange = this.#onDidChange.event;
  /** What each look came to. */
  readonly onDidTell = this.#onDidTell.event;

  constructor(hone: () => Promise<Hone>, folders: Workspace, memory: Memento, onError: (error: unknown) => void) {
    this.#hone = hone;
    this.#workspace = folders;
    this.#memory = memory;
    this.#onError = onError;
    this.#store.add(workspace.onDidGrantWorkspaceTrust(() => this.update()));
    this.#store.add(workspace.onDidChangeWorkspaceFolders(() => this.update()));
    this.#store.add(workspace.onDidChangeConfiguration((change) => change.affectsConfiguration('hone.poll') && this.update()));
  }

  /** Folders that are being watched. */
  get folders(): readonly string[] {
    return [...this.#watched.keys()];
  }

  /** Null where the folder is not watched. */
  get(folder: string): WatchedRemote | null {
    return this.#watched.get(folder)?.known ?? null;
  }

  /** Remembers what the person wants for a folder, and does it. */
  async choose(folder: string, isWanted: boolean): Promise<void> {
    await this.#memory.update(keyOf(folder), isWanted);
    this.update();
  }

  /** Looks at once. */
  look(folder: string): void {
    this.#onDidAsk.fire(folder);
  }

  /** Starts and stops what is wanted by now. */
  update(): void {
    const wanted = workspace.isTrusted ? this.#workspace.folders().filter((folder) => this.#isWanted(folder)) : [];
    for (const [folder, { abort }] of this.#watched) {
      if (wanted.includes(folder)) continue;
      abort.abort();
      this.#watched.delete(folder);
      this.#onDidChange.fire(folder);
    }
    for (const folder of wanted) {
      if (this.#watched.has(folder)) continue;
      const abort = new AbortController();
      this.#watched.set(folder, { known: BLANK, abort });
      void this.#watch(folder, abort.signal).catch((error: unknown) => abort.signal.aborted || this.#onError(error));
      this.#onDidChange.fire(folder);
    }
  }

  dispose(): void {
    for (const { abort } of this.#watched.values()) abort.abort();
    this.#watched.clear();
    this.#store.dispose();
  }

  #isWanted(folder: string): boolean {
    return this.#memory.get<boolean>(keyOf(folder)) ?? readSettings().poll.enabled;
  }

  async #watch(folder: string, signal: AbortSignal): Promise<void> {
    const { runtime, poll } = readSettings(workspace.workspaceFolders?.find(({ uri }) => uri.fsPath === folder)?.uri);
    const onAsked = (look: () => void): Disposable => this.#onDidAsk.event((asked) => asked === folder && look());
    const hone = await this.#hone();
    for await (const update of hone.watchRemote({ folder, runtime, intervalMs: poll.minutes * MINUTE_MS, onAsked }, signal)) {
      const entry = this.#watched.get(folder);
      if (entry === undefined || signal.aborted) return;
      if (update.type === 'report') entry.known = { report: update.report, failure: null };
      if (update.type === 'failure') entry.known = { ...entry.known, failure: describeError(update.error) };
      if (update.type === 'trained' && entry.known.report !== null) {
        entry.known = { ...entry.known, report: { ...entry.known.report, queue: update.state.queue } };
      }
      this.#onDidTell.fire({ folder, update });
      this.#onDidChange.fire(folder);
    }
  }
}

/** Where the workspace remembers it: no file of the folder may turn it on, since files come by pushing. */
function keyOf(folder: string): string {
  return `hone.poll ${folder}`;
}

/** The folder that a command is about: the one given, else the only one, else the one that is picked; null where none is. */
export async function pickFolder(folders: readonly string[], placeHolder: string): Promise<string | null> {
  const [only, ...others] = folders;
  if (only === undefined || others.length === 0) return only ?? null;
  return (await window.showQuickPick([...folders], { title: 'Hone', placeHolder })) ?? null;
}
