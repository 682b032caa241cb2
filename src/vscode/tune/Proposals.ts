import { join } from 'node:path';
import { commands, EventEmitter, Uri, window, workspace, type TextDocumentContentProvider } from 'vscode';
import type { Hone } from '../../app/Hone.ts';
import type { FileChange, Proposal } from '../../app/proposeBest.ts';
import { DisposableStore, type Disposable } from '../../base/DisposableStore.ts';
import { HoneError } from '../../base/HoneError.ts';
import { describeOutdated } from '../../core/report/describeOutdated.ts';
import type { StudyRef } from '../studies/WatchedStudies.ts';
import { editDocument, openText } from './editDocument.ts';

export const PROPOSAL_SCHEME = 'hone-proposal';

interface Shown {
  readonly folder: string;
  readonly proposal: Proposal;
}

/** Proposals that are open in diff editors: on the left the user's file, on the right what a trial makes of it. */
export class Proposals implements TextDocumentContentProvider, Disposable {
  readonly #hone: () => Promise<Hone>;
  readonly #shown = new Map<string, Shown>();
  readonly #texts = new Map<string, string>();
  readonly #store = new DisposableStore();
  readonly #onDidChange = this.#store.add(new EventEmitter<Uri>());

  readonly onDidChange = this.#onDidChange.event;

  constructor(hone: () => Promise<Hone>) {
    this.#hone = hone;
    this.#store.add(workspace.registerTextDocumentContentProvider(PROPOSAL_SCHEME, this));
  }

  provideTextDocumentContent(uri: Uri): string {
    return this.#texts.get(uri.path) ?? '';
  }

  /** Opens a diff editor for each file that a trial changes: the best trial where none is named. */
  async show({ folder, id }: StudyRef, trial: number | null): Promise<void> {
    const hone = await this.#hone();
    const proposal = await hone.propose({
      folder,
      study: id,
      ...(trial === null ? {} : { trial }),
      textOf: (path) => openText(Uri.file(join(folder, path))),
    });
    if (proposal.changes.length === 0) {
      void window.showInformationMessage(`Your source says already what trial ${proposal.trial.number} of ${id} says.`);
      return;
    }
    for (const change of proposal.changes) await this.#open(folder, id, proposal, change);
    const warning = describeOutdated(proposal.study, proposal.trial, proposal.outdated);
    if (warning !== null) void window.showInformationMessage(warning);
  }

  /** Writes the proposal that a diff editor shows, as one edit that can be undone; false where there is none. */
  async accept(shown: Uri | null): Promise<boolean> {
    const found = shown === null ? [...this.#shown.values()].at(-1) : this.#shown.get(shown.path);
    if (found === undefined) return false;
    const { folder, proposal } = found;
    for (const { path, before, after } of proposal.changes) {
      const written = await editDocument(Uri.file(join(folder, path)), before, after);
      if (!written) {
        throw new HoneError('usage', `${path} was changed meanwhile, so it was left as it is.`, {
          next: 'Open the proposal again.',
        });
      }
    }
    await this.#close(found);
    return true;
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #open(folder: string, id: string, proposal: Proposal, { path, after }: FileChange): Promise<void> {
    const right = Uri.from({ scheme: PROPOSAL_SCHEME, path: `/${id}/${proposal.trial.number}/${path}` });
    this.#texts.set(right.path, after);
    this.#shown.set(right.path, { folder, proposal });
    this.#onDidChange.fire(right);
    const title = `${path}: yours ↔ trial ${proposal.trial.number} of ${id}`;
    await commands.executeCommand('vscode.diff', Uri.file(join(folder, path)), right, title, { preview: false });
  }

  async #close(shown: Shown): Promise<void> {
    const paths = [...this.#shown].filter(([, each]) => each.proposal === shown.proposal).map(([path]) => path);
    for (const path of paths) {
      this.#shown.delete(path);
      this.#texts.delete(path);
    }
    const tabs = window.tabGroups.all
      .flatMap(({ tabs: all }) => all)
      .filter(({ input }) => {
        const modified = (input as { modified?: Uri } | undefined)?.modified;
        return modified?.scheme === PROPOSAL_SCHEME && paths.includes(modified.path);
      });
    await window.tabGroups.close(tabs);
  }
}
