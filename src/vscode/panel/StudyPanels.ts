import { Uri, ViewColumn, window, type WebviewPanel } from 'vscode';
import type { Hone } from '../../app/Hone.ts';
import { DisposableStore, type Disposable } from '../../base/DisposableStore.ts';
import { studyArgument } from '../commands/arguments.ts';
import type { StudyRef, WatchedStudies } from '../studies/WatchedStudies.ts';
import { StudyPanel } from './StudyPanel.ts';

const TYPE = 'hone.study';

/** The panels that are open, one a study; those that were open when the window closed come back with it. */
export class StudyPanels implements Disposable {
  readonly #hone: () => Promise<Hone>;
  readonly #studies: WatchedStudies;
  readonly #extension: Uri;
  readonly #onError: (error: unknown) => void;
  readonly #open = new Map<string, StudyPanel>();
  readonly #store = new DisposableStore();

  constructor(hone: () => Promise<Hone>, studies: WatchedStudies, extension: Uri, onError: (error: unknown) => void) {
    this.#hone = hone;
    this.#studies = studies;
    this.#extension = extension;
    this.#onError = onError;
    this.#store.add(
      window.registerWebviewPanelSerializer(TYPE, {
        deserializeWebviewPanel: async (panel, state: unknown) => {
          const ref = studyArgument(state);
          if (ref === null || this.#open.has(keyOf(ref))) panel.dispose();
          else this.#adopt(ref, panel);
        },
      }),
    );
  }

  /** Opens the panel of a study, or shows the one that is open. */
  show(ref: StudyRef): void {
    const known = this.#open.get(keyOf(ref));
    if (known === undefined) this.#adopt(ref, window.createWebviewPanel(TYPE, ref.id, ViewColumn.Active));
    else known.reveal();
  }

  /** Whether the panel of a study is what the user looks at. */
  isInFront(ref: StudyRef): boolean {
    return this.#open.get(keyOf(ref))?.isActive ?? false;
  }

  dispose(): void {
    for (const panel of this.#open.values()) panel.dispose();
    this.#store.dispose();
  }

  #adopt(ref: StudyRef, panel: WebviewPanel): void {
    panel.webview.options = { enableScripts: true, localResourceRoots: [Uri.joinPath(this.#extension, 'dist', 'webview')] };
    panel.iconPath = Uri.joinPath(this.#extension, 'media', 'icon.png');
    const { folder, id } = ref;
    const opened = new StudyPanel({ folder, id }, panel, {
      hone: this.#hone,
      studies: this.#studies,
      extension: this.#extension,
      onError: this.#onError,
    });
    this.#open.set(keyOf(ref), opened);
    panel.onDidDispose(() => {
      this.#open.delete(keyOf(ref));
      opened.dispose();
    });
  }
}

function keyOf({ folder, id }: StudyRef): string {
  return JSON.stringify([folder, id]);
}
