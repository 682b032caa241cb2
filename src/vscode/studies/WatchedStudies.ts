import type { Hone } from '../../app/Hone.ts';
import type { StudyUpdate } from '../../app/requests.ts';
import type { Disposable } from '../../base/DisposableStore.ts';
import { Emitter } from '../../base/Emitter.ts';
import { isCancellation } from '../../base/HoneError.ts';
import type { Progress } from '../../core/ports/Runtime.ts';
import type { Study } from '../../core/study/Study.ts';
import { isActive } from './describeStudy.ts';

/** Names a study: ids are unique within a folder only. */
export interface StudyRef {
  /** Absolute path. */
  readonly folder: string;
  readonly id: string;
}

export interface StudyChange extends StudyRef {
  /** What it was; null where it is new. */
  readonly before: Study | null;
  /** What it is; null where it was deleted. */
  readonly now: Study | null;
}

interface Folder {
  readonly studies: Map<string, Study>;
  readonly followed: Set<string>;
  /** Latest step of studies that are being prepared. */
  readonly progress: Map<string, Progress>;
  readonly abort: AbortController;
}

/**
 * The studies of the watched folders as they are now. Studies that run are followed wherever they were started: by this
 * window, by one that was closed since, or on the command line.
 */
export class WatchedStudies implements Disposable {
  readonly #hone: () => Promise<Hone>;
  readonly #onError: (error: unknown) => void;
  readonly #folders = new Map<string, Folder>();
  readonly #onDidChange = new Emitter<StudyChange>();
  readonly #onDidProgress = new Emitter<StudyRef & { readonly progress: Progress }>();

  readonly onDidChange = this.#onDidChange.event;
  /** Passing progress of a study that is being prepared. */
  readonly onDidProgress = this.#onDidProgress.event;

  constructor(hone: () => Promise<Hone>, onError: (error: unknown) => void) {
    this.#hone = hone;
    this.#onError = onError;
  }

  /** Watches a folder; once is enough. */
  watch(folder: string): void {
    if (this.#folders.has(folder)) return;
    const entry: Folder = { studies: new Map(), followed: new Set(), progress: new Map(), abort: new AbortController() };
    this.#folders.set(folder, entry);
    void this.#guard(entry, () => this.#watch(folder, entry));
  }

  /** Follows a study at once, without waiting until the folder is looked at again; watches its folder too. */
  follow(ref: StudyRef): void {
    this.watch(ref.folder);
    const entry = this.#folders.get(ref.folder);
    if (entry === undefined || entry.followed.has(ref.id)) return;
    entry.followed.add(ref.id);
    void this.#guard(entry, async () => {
      try {
        await this.#follow(await this.#hone(), ref.folder, entry, ref.id);
      } finally {
        entry.followed.delete(ref.id);
      }
    });
  }

  unwatch(folder: string): void {
    const entry = this.#folders.get(folder);
    if (entry === undefined) return;
    entry.abort.abort();
    this.#folders.delete(folder);
    for (const study of entry.studies.values()) this.#onDidChange.fire({ folder, id: study.id, before: study, now: null });
  }

  get folders(): readonly string[] {
    return [...this.#folders.keys()];
  }

  /** Newest first. */
  studies(folder: string): readonly Study[] {
    return [...(this.#folders.get(folder)?.studies.values() ?? [])].sort((a, b) => b.startedAt - a.startedAt);
  }

  get(ref: StudyRef): Study | null {
    return this.#folders.get(ref.folder)?.studies.get(ref.id) ?? null;
  }

  /** The latest step of a study that is being prepared; null where it is not. */
  progress(ref: StudyRef): Progress | null {
    return this.#folders.get(ref.folder)?.progress.get(ref.id) ?? null;
  }

  /** All studies that go on, in all folders, newest first. */
  active(): readonly StudyRef[] {
    const found = this.folders.flatMap((folder) =>
      this.studies(folder)
        .filter(isActive)
        .map((study) => ({ folder, study })),
    );
    return found.sort((a, b) => b.study.startedAt - a.study.startedAt).map(({ folder, study }) => ({ folder, id: study.id }));
  }

  /** Resolves as soon as a study, or null where there is none, satisfies a condition. */
  async until(ref: StudyRef, condition: (study: Study | null) => boolean): Promise<void> {
    while (!condition(this.get(ref))) {
      await new Promise<void>((resolve) => {
        const subscription = this.onDidChange((change) => {
          if (change.folder !== ref.folder || change.id !== ref.id) return;
          subscription.dispose();
          resolve();
        });
      });
    }
  }

  dispose(): void {
    for (const entry of this.#folders.values()) entry.abort.abort();
    this.#folders.clear();
    this.#onDidChange.dispose();
    this.#onDidProgress.dispose();
  }

  async #watch(folder: string, entry: Folder): Promise<void> {
    const hone = await this.#hone();
    for await (const studies of hone.watchStudies(folder, entry.abort.signal)) {
      if (entry.abort.signal.aborted) return;
      const ids = new Set(studies.map((study) => study.id));
      for (const study of studies) this.#take(folder, entry, study);
      for (const study of entry.studies.values()) if (!ids.has(study.id)) this.#drop(folder, entry, study);
    }
  }

  async #follow(hone: Hone, folder: string, entry: Folder, id: string): Promise<void> {
    for await (const update of hone.follow(folder, id, entry.abort.signal)) {
      if (entry.abort.signal.aborted) return;
      this.#update(folder, entry, id, update);
    }
  }

  #update(folder: string, entry: Folder, id: string, update: StudyUpdate): void {
    if (update.type === 'study') this.#take(folder, entry, update.study);
    if (update.type !== 'progress') return;
    entry.progress.set(id, update.progress);
    this.#onDidProgress.fire({ folder, id, progress: update.progress });
  }

  #take(folder: string, entry: Folder, study: Study): void {
    const before = entry.studies.get(study.id) ?? null;
    if (before === null || isNewer(study, before)) {
      entry.studies.set(study.id, study);
      if (study.phase !== 'preparing') entry.progress.delete(study.id);
      this.#onDidChange.fire({ folder, id: study.id, before, now: study });
    }
    if (isActive(study)) this.follow({ folder, id: study.id });
  }

  #drop(folder: string, entry: Folder, study: Study): void {
    entry.studies.delete(study.id);
    this.#onDidChange.fire({ folder, id: study.id, before: study, now: null });
  }

  async #guard(entry: Folder, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!entry.abort.signal.aborted && !isCancellation(error)) this.#onError(error);
    }
  }
}

/** The list and the followed study come by different ways, so an older state may arrive after a newer one. */
function isNewer(study: Study, before: Study): boolean {
  if (study.startedAt !== before.startedAt || study.sequence > before.sequence) return true;
  const labelled = study.name !== before.name || study.note !== before.note;
  return study.sequence === before.sequence && (labelled || study.state !== before.state);
}
