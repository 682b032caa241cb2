import type { Uri, WebviewPanel } from 'vscode';
import type { Hone } from '../../app/Hone.ts';
import type { OpenModel } from '../../app/openModel.ts';
import { DisposableStore, type Disposable } from '../../base/DisposableStore.ts';
import { describeError } from '../../base/HoneError.ts';
import { describeCheck } from '../../core/evaluation/describeCheck.ts';
import { isSame } from '../../core/evaluation/ModelCheck.ts';
import { parseFromModelPage, type FromModelPage, type ToModelPage } from '../../protocol/modelMessages.ts';
import type { TrialRef } from '../commands/arguments.ts';
import { renderPanelPage } from '../panel/renderPanelPage.ts';

export interface ModelPanelParts {
  readonly hone: () => Promise<Hone>;
  /** The extension's own folder. */
  readonly extension: Uri;
  /** Whether the folder is trusted: to load a model anew in a container runs code. */
  readonly requireTrust: () => Promise<void>;
}

/** One trial's model in an editor of its own. What computes it starts when it is first asked, and ends with the panel. */
export class ModelPanel implements Disposable {
  readonly #trial: TrialRef;
  readonly #panel: WebviewPanel;
  readonly #parts: ModelPanelParts;
  readonly #store = new DisposableStore();
  readonly #closed = new AbortController();
  #model: Promise<OpenModel> | null = null;

  constructor(trial: TrialRef, panel: WebviewPanel, parts: ModelPanelParts) {
    this.#trial = trial;
    this.#panel = panel;
    this.#parts = parts;
    this.#store.add(
      panel.webview.onDidReceiveMessage((message) => {
        const asked = parseFromModelPage(message);
        if (asked !== null) void this.#answer(asked);
      }),
    );
    panel.webview.html = renderPanelPage(panel.webview, parts.extension, {
      name: 'model',
      title: 'Model',
      words: 'Reading the model…',
    });
  }

  reveal(): void {
    this.#panel.reveal();
  }

  dispose(): void {
    this.#closed.abort();
    this.#store.dispose();
    void this.#model?.then(
      (model) => model.dispose(),
      () => undefined, // the page was told
    );
  }

  async #answer(asked: FromModelPage): Promise<void> {
    switch (asked.type) {
      case 'ready':
        return this.#show();
      case 'check':
        return this.#check();
      case 'try':
        return this.#try(asked);
      case 'compare':
        if (asked.trial !== null) await this.#compare(asked.trial);
    }
  }

  async #show(): Promise<void> {
    const { ref, trial } = this.#trial;
    try {
      const { view, others } = await this.#open();
      this.#tell({ type: 'model', model: view, others, memory: { ...ref, trial } });
    } catch (error) {
      this.#tell({ type: 'absent', reason: describeError(error) });
    }
  }

  async #check(): Promise<void> {
    const { ref, trial } = this.#trial;
    const say = (text: string, same: boolean | null): void => this.#tell({ type: 'checked', text, same });
    try {
      await this.#parts.requireTrust();
      const hone = await this.#parts.hone();
      const request = { folder: ref.folder, study: ref.id, trial };
      const checked = await hone.check(request, ({ text }) => say(text, null), this.#closed.signal);
      say(describeCheck(checked), isSame(checked));
    } catch (error) {
      say(describeError(error), false);
    }
  }

  async #try({ number, input }: Extract<FromModelPage, { type: 'try' }>): Promise<void> {
    try {
      this.#tell({ type: 'tried', number, ...(await (await this.#open()).predict(input)) });
    } catch (error) {
      this.#tell({ type: 'untried', number, reason: describeError(error) });
    }
  }

  async #compare(trial: number): Promise<void> {
    try {
      const { mended, broken } = await (await this.#open()).compare(trial);
      const text = `Against trial ${trial}, this one gets ${rows(mended.length)} right that were wrong, and ${rows(broken.length)} wrong that were right.`;
      this.#tell({ type: 'compared', trial, text, mended, broken });
    } catch (error) {
      this.#tell({ type: 'compared', trial, text: describeError(error), mended: [], broken: [] });
    }
  }

  #open(): Promise<OpenModel> {
    const { ref, trial } = this.#trial;
    this.#model ??= this.#parts.hone().then((hone) => hone.openModel({ folder: ref.folder, study: ref.id, trial }));
    return this.#model;
  }

  #tell(message: ToModelPage): void {
    if (!this.#closed.signal.aborted) void this.#panel.webview.postMessage(message);
  }
}

function rows(count: number): string {
  return count === 1 ? '1 row' : `${count} rows`;
}
