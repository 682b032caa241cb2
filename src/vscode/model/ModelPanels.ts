import { Uri, ViewColumn, window, type WebviewPanel } from 'vscode';
import { DisposableStore, type Disposable } from '../../base/DisposableStore.ts';
import { trialArgument, type TrialRef } from '../commands/arguments.ts';
import { ModelPanel, type ModelPanelParts } from './ModelPanel.ts';

const TYPE = 'hone.model';

/** The models that are looked at, a panel each; those that were open when the window closed come back with it. */
export class ModelPanels implements Disposable {
  readonly #parts: ModelPanelParts;
  readonly #open = new Map<string, ModelPanel>();
  readonly #store = new DisposableStore();

  constructor(parts: ModelPanelParts) {
    this.#parts = parts;
    this.#store.add(
      window.registerWebviewPanelSerializer(TYPE, {
        deserializeWebviewPanel: async (panel, state: unknown) => {
          const trial = trialArgument(state);
          if (trial === null || this.#open.has(keyOf(trial))) panel.dispose();
          else this.#adopt(trial, panel);
        },
      }),
    );
  }

  /** Opens the panel of a trial's model, beside the code, or shows the one that is open. */
  show(trial: TrialRef): void {
    const known = this.#open.get(keyOf(trial));
    if (known === undefined) {
      this.#adopt(trial, window.createWebviewPanel(TYPE, `${trial.ref.id}: trial ${trial.trial}`, ViewColumn.Beside));
    } else known.reveal();
  }

  dispose(): void {
    for (const panel of this.#open.values()) panel.dispose();
    this.#store.dispose();
  }

  #adopt({ ref: { folder, id }, trial }: TrialRef, panel: WebviewPanel): void {
    const { extension } = this.#parts;
    panel.webview.options = { enableScripts: true, localResourceRoots: [Uri.joinPath(extension, 'dist', 'webview')] };
    panel.iconPath = Uri.joinPath(extension, 'media', 'icon.png');
    const shown: TrialRef = { ref: { folder, id }, trial };
    const opened = new ModelPanel(shown, panel, this.#parts);
    this.#open.set(keyOf(shown), opened);
    panel.onDidDispose(() => {
      this.#open.delete(keyOf(shown));
      opened.dispose();
    });
  }
}

function keyOf({ ref: { folder, id }, trial }: TrialRef): string {
  return JSON.stringify([folder, id, trial]);
}
