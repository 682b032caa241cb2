import { commands, type Uri, type WebviewPanel } from 'vscode';
import type { Hone } from '../../app/Hone.ts';
import { DisposableStore, type Disposable } from '../../base/DisposableStore.ts';
import { HoneError } from '../../base/HoneError.ts';
import { viewCurves } from '../../core/report/viewCurves.ts';
import { viewStudy } from '../../core/report/viewStudy.ts';
import type { SearchPlan } from '../../core/study/SearchPlan.ts';
import { parseFromPanel, type FromPanel, type PanelAction, type ToPanel } from '../../protocol/panelMessages.ts';
import type { CommandId } from '../commands/CommandId.ts';
import { describeStudy } from '../studies/describeStudy.ts';
import type { StudyRef, WatchedStudies } from '../studies/WatchedStudies.ts';
import { panelActions } from './panelActions.ts';
import { renderPanelPage } from './renderPanelPage.ts';

const COMMANDS: Record<PanelAction, CommandId> = {
  pause: 'hone.pause',
  resume: 'hone.resume',
  accept: 'hone.accept',
  apply: 'hone.apply',
  export: 'hone.exportReport',
};

/** A page is drawn at most so often. */
const REDRAW_MS = 300;

export interface PanelParts {
  readonly hone: () => Promise<Hone>;
  readonly studies: WatchedStudies;
  /** The extension's own folder. */
  readonly extension: Uri;
  readonly onError: (error: unknown) => void;
}

/** One study in an editor of its own. It is told what changes only while it is visible, and all of it when it becomes so. */
export class StudyPanel implements Disposable {
  readonly ref: StudyRef;
  readonly #panel: WebviewPanel;
  readonly #parts: PanelParts;
  readonly #store = new DisposableStore();
  #search: SearchPlan | null = null;
  #chosen: readonly number[] = [];
  #isReady = false;
  #isGone = false;
  #timer: NodeJS.Timeout | null = null;

  constructor(ref: StudyRef, panel: WebviewPanel, parts: PanelParts) {
    this.ref = ref;
    this.#panel = panel;
    this.#parts = parts;
    const { studies, extension } = parts;
    this.#store.add(
      studies.onDidChange(({ folder, id, now }) => {
        if (folder !== ref.folder || id !== ref.id) return;
        this.#isGone = now === null;
        this.#redraw();
      }),
    );
    this.#store.add(panel.onDidChangeViewState(() => this.#redraw()));
    this.#store.add(panel.webview.onDidReceiveMessage((message) => this.#receive(parseFromPanel(message))));
    panel.webview.html = renderPanelPage(panel.webview, extension, {
      name: 'panel',
      title: 'Study',
      words: 'Reading the study…',
    });
    void this.#readPlan().catch(parts.onError);
  }

  reveal(): void {
    this.#panel.reveal();
  }

  /** Whether it is the editor that the user is in. */
  get isActive(): boolean {
    return this.#panel.active;
  }

  dispose(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#store.dispose();
  }

  async #readPlan(): Promise<void> {
    try {
      this.#search = await (await this.#parts.hone()).searchPlan(this.ref.folder, this.ref.id);
    } catch (error) {
      if (!(error instanceof HoneError && error.code === 'not-found')) throw error;
      this.#isGone = true;
    }
    this.#redraw();
  }

  #receive(message: FromPanel | null): void {
    if (message === null) return;
    if (message.type === 'act') void commands.executeCommand(COMMANDS[message.action], this.ref);
    if (message.type === 'choose') this.#chosen = message.trials;
    // A page that was hidden starts anew when it is shown.
    if (message.type === 'ready') this.#isReady = true;
    if (message.type !== 'act') this.#draw();
  }

  #redraw(): void {
    if (!this.#panel.visible) {
      this.#isReady = false;
      return;
    }
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#draw();
    }, REDRAW_MS);
  }

  #draw(): void {
    if (!this.#panel.visible || !this.#isReady) return;
    const message = this.#message();
    if (message !== null) void this.#panel.webview.postMessage(message);
  }

  #message(): ToPanel | null {
    if (this.#isGone) return { type: 'gone' };
    const study = this.#parts.studies.get(this.ref);
    if (study === null) return null;
    return {
      type: 'study',
      study: viewStudy(study, { search: this.#search, status: describeStudy(study) }),
      curves: viewCurves(study, this.#chosen),
      actions: panelActions(study),
      memory: this.ref,
    };
  }
}
