import { join } from 'node:path';
import type { Hone } from '../../app/Hone.ts';
import type { Disposable } from '../../base/DisposableStore.ts';
import { Emitter } from '../../base/Emitter.ts';
import { isCancellation } from '../../base/HoneError.ts';
import type { Script } from '../../core/scan/Script.ts';

export type ScanState = 'never' | 'scanning' | 'done' | 'failed';

interface Folder {
  readonly scripts: Map<string, Script>;
  state: ScanState;
  scan: Promise<void> | null;
  abort: AbortController;
}

/** What trains in each folder, as far as it was looked at: a whole folder when someone wants to see it, then file by file. */
export class FoundScripts implements Disposable {
  readonly #hone: () => Promise<Hone>;
  readonly #onError: (error: unknown) => void;
  readonly #folders = new Map<string, Folder>();
  readonly #onDidChange = new Emitter<string>();

  /** The folder whose scripts or state changed. */
  readonly onDidChange = this.#onDidChange.event;

  constructor(hone: () => Promise<Hone>, onError: (error: unknown) => void) {
    this.#hone = hone;
    this.#onError = onError;
  }

  state(folder: string): ScanState {
    return this.#folders.get(folder)?.state ?? 'never';
  }

  /** By path. */
  scripts(folder: string): readonly Script[] {
    const scripts = [...(this.#folders.get(folder)?.scripts.values() ?? [])];
    return scripts.sort((a, b) => a.path.localeCompare(b.path));
  }

  /** The script at a path relative to the folder; null where it does not train or was not looked at. */
  find(folder: string, path: string): Script | null {
    return this.#folders.get(folder)?.scripts.get(path) ?? null;
  }

  /** Looks at the whole folder; waits for the scan that runs, where one does. Failures are reported, not thrown. */
  scan(folder: string): Promise<void> {
    const entry = this.#entry(folder);
    entry.scan ??= this.#scan(folder, entry).finally(() => {
      entry.scan = null;
    });
    return entry.scan;
  }

  /** Looks at one file again; it may be gone. `path` is relative to the folder, with `/`. */
  async scanFile(folder: string, path: string): Promise<void> {
    const entry = this.#entry(folder);
    try {
      const hone = await this.#hone();
      let found: Script | null = null;
      for await (const script of hone.scan({ folder, path: join(folder, path) }, entry.abort.signal)) found = script;
      if (found?.trains === true) entry.scripts.set(found.path, found);
      else entry.scripts.delete(path);
      this.#onDidChange.fire(folder);
    } catch (error) {
      if (!isCancellation(error)) this.#onError(error);
    }
  }

  /** Drops a file, or all files of a folder, that was deleted. */
  forget(folder: string, path: string): void {
    const scripts = this.#folders.get(folder)?.scripts;
    const gone = [...(scripts?.keys() ?? [])].filter((known) => known === path || known.startsWith(`${path}/`));
    for (const known of gone) scripts?.delete(known);
    if (gone.length > 0) this.#onDidChange.fire(folder);
  }

  /** Forgets a folder that was closed. */
  close(folder: string): void {
    this.#folders.get(folder)?.abort.abort();
    if (this.#folders.delete(folder)) this.#onDidChange.fire(folder);
  }

  dispose(): void {
    for (const entry of this.#folders.values()) entry.abort.abort();
    this.#folders.clear();
    this.#onDidChange.dispose();
  }

  #entry(folder: string): Folder {
    const known = this.#folders.get(folder);
    if (known !== undefined) return known;
    const entry: Folder = { scripts: new Map(), state: 'never', scan: null, abort: new AbortController() };
    this.#folders.set(folder, entry);
    return entry;
  }

  async #scan(folder: string, entry: Folder): Promise<void> {
    this.#setState(folder, entry, 'scanning');
    const found = new Set<string>();
    try {
      const hone = await this.#hone();
      for await (const script of hone.scan({ folder }, entry.abort.signal)) {
        if (!script.trains) continue;
        found.add(script.path);
        entry.scripts.set(script.path, script);
        this.#onDidChange.fire(folder);
      }
      for (const path of entry.scripts.keys()) if (!found.has(path)) entry.scripts.delete(path);
      this.#setState(folder, entry, 'done');
    } catch (error) {
      this.#setState(folder, entry, 'failed');
      if (!isCancellation(error)) this.#onError(error);
    }
  }

  #setState(folder: string, entry: Folder, state: ScanState): void {
    entry.state = state;
    this.#onDidChange.fire(folder);
  }
}
