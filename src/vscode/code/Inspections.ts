import { workspace, type TextDocument } from 'vscode';
import type { Hone, ScriptInspection } from '../../app/Hone.ts';
import { DisposableStore, type Disposable } from '../../base/DisposableStore.ts';
import { Emitter } from '../../base/Emitter.ts';
import { HoneError, isCancellation } from '../../base/HoneError.ts';
import type { FoundScripts } from '../scripts/FoundScripts.ts';
import type { FileInFolder, Workspace } from '../Workspace.ts';
import { cellOf, openText } from './openText.ts';

/** What part of which script a document is. */
export interface CodePlace {
  readonly file: FileInFolder;
  /** Counts from 0 over all cells of a notebook; null for a plain file. */
  readonly cell: number | null;
}

/** The version of the text on the disk; it is forgotten when the file is looked at again. */
const ON_DISK = 'disk';

/** What there is to show of scripts' code, always of the text as it is now: a text is looked at once, and again when it has changed. */
export class Inspections implements Disposable {
  readonly #hone: () => Promise<Hone>;
  readonly #scripts: FoundScripts;
  readonly #folders: Workspace;
  readonly #onError: (error: unknown) => void;
  readonly #known = new Map<string, { readonly version: string; readonly inspection: Promise<ScriptInspection | null> }>();
  readonly #abort = new AbortController();
  readonly #onDidChange = new Emitter<FileInFolder | null>();
  readonly #store = new DisposableStore();

  /** The script whose text changed; null where any may have. */
  readonly onDidChange = this.#onDidChange.event;

  constructor(hone: () => Promise<Hone>, scripts: FoundScripts, folders: Workspace, onError: (error: unknown) => void) {
    this.#hone = hone;
    this.#scripts = scripts;
    this.#folders = folders;
    this.#onError = onError;
    this.#store.add(scripts.onDidChange(() => this.#forget()));
    this.#store.add(workspace.onDidChangeTextDocument(({ document }) => this.#changed(document)));
    this.#store.add(
      workspace.onDidChangeNotebookDocument(({ notebook }) => this.#onDidChange.fire(folders.locate(notebook.uri))),
    );
    const watcher = this.#store.add(workspace.createFileSystemWatcher('**/hone.yaml'));
    for (const event of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete])
      this.#store.add(event(() => this.#forget()));
  }

  /** What a document is part of; null where that does not train. */
  locate(document: TextDocument): CodePlace | null {
    if (document.languageId !== 'python') return null;
    const cell = cellOf(document);
    const file = this.#folders.locate(cell?.notebook.uri ?? document.uri);
    return file === null || this.#scripts.find(file.folder, file.path) === null ? null : { file, cell: cell?.index ?? null };
  }

  /** What there is to show of a script; null where it cannot be read, or its text was changed meanwhile. */
  async of(file: FileInFolder): Promise<ScriptInspection | null> {
    const open = openText(file);
    const version = open?.version ?? ON_DISK;
    const key = `${file.folder}\n${file.path}`;
    const known = this.#known.get(key);
    const inspection = known?.version === version ? known.inspection : this.#inspect(file, open?.text());
    this.#known.set(key, { version, inspection });
    const found = await inspection;
    return (openText(file)?.version ?? ON_DISK) === version ? found : null;
  }

  dispose(): void {
    this.#abort.abort();
    this.#store.dispose();
    this.#onDidChange.dispose();
  }

  async #inspect({ folder, path }: FileInFolder, text: string | undefined): Promise<ScriptInspection | null> {
    try {
      const hone = await this.#hone();
      return await hone.inspect({ folder, script: path, ...(text === undefined ? {} : { text }) }, this.#abort.signal);
    } catch (error) {
      // A text that is being written is often one that cannot be read.
      const expected = isCancellation(error) || (error instanceof HoneError && error.code === 'unreadable-source');
      if (!expected) this.#onError(error);
      return null;
    }
  }

  #changed(document: TextDocument): void {
    const place = this.locate(document);
    if (place !== null) this.#onDidChange.fire(place.file);
  }

  #forget(): void {
    this.#known.clear();
    this.#onDidChange.fire(null);
  }
}
