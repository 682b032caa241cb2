import { join } from 'node:path';
import { commands, EventEmitter, Uri, window, workspace, type TextDocumentContentProvider } from 'vscode';
import type { PipelineChange, PipelineProposal } from '../../app/planPipeline.ts';
import { DisposableStore, type Disposable } from '../../base/DisposableStore.ts';
import { RECORD } from '../../core/pipeline/GeneratedRecord.ts';

export const PREVIEW_SCHEME = 'hone-pipeline';

/** Jenkins files that are proposed for a folder. */
export interface ShownPipeline {
  readonly folder: string;
  readonly proposal: PipelineProposal;
}

/** Jenkins files before they are written, one proposal at a time: new ones as they are, others as diffs, the user's on the left. */
export class PipelinePreview implements TextDocumentContentProvider, Disposable {
  readonly #texts = new Map<string, string>();
  readonly #store = new DisposableStore();
  readonly #onDidChange = this.#store.add(new EventEmitter<Uri>());
  #shown: ShownPipeline | null = null;

  readonly onDidChange = this.#onDidChange.event;

  constructor() {
    this.#store.add(workspace.registerTextDocumentContentProvider(PREVIEW_SCHEME, this));
  }

  /** What is looked at now; null where nothing is. */
  get shown(): ShownPipeline | null {
    return this.#shown;
  }

  provideTextDocumentContent(uri: Uri): string {
    return this.#texts.get(uri.path) ?? '';
  }

  /** Opens an editor for each file that would change; the first one has the focus. */
  async show(shown: ShownPipeline): Promise<void> {
    await this.close();
    this.#shown = shown;
    const { folder, proposal } = shown;
    const changes = proposal.changes.filter(({ path }) => path !== RECORD);
    for (const change of changes.toReversed()) await this.#open(folder, change);
  }

  /** Closes the editors. */
  async close(): Promise<void> {
    this.#shown = null;
    this.#texts.clear();
    const tabs = window.tabGroups.all
      .flatMap(({ tabs: all }) => all)
      .filter(({ input }) => {
        const { uri, modified } = (input ?? {}) as { readonly uri?: Uri; readonly modified?: Uri };
        return (modified ?? uri)?.scheme === PREVIEW_SCHEME;
      });
    await window.tabGroups.close(tabs);
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #open(folder: string, { path, before, after }: PipelineChange): Promise<void> {
    const proposed = this.#put(`/proposed/${path}`, after);
    const options = { preview: false };
    if (before === null) await commands.executeCommand('vscode.open', proposed, options, `${path}: new`);
    else
      await commands.executeCommand('vscode.diff', Uri.file(join(folder, path)), proposed, `${path}: yours ↔ generated`, options);
  }

  #put(path: string, text: string): Uri {
    this.#texts.set(path, text);
    const uri = Uri.from({ scheme: PREVIEW_SCHEME, path });
    this.#onDidChange.fire(uri);
    return uri;
  }
}
