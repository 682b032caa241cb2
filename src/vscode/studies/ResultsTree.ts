import { EventEmitter, window, workspace, type TreeDataProvider, type TreeItem, type TreeView } from 'vscode';
import { DisposableStore, type Disposable } from '../../base/DisposableStore.ts';
import { renderTreeItem } from '../renderTreeItem.ts';
import { describeRemote } from '../poll/describeRemote.ts';
import type { RemoteWatch } from '../poll/RemoteWatch.ts';
import { isActive } from './describeStudy.ts';
import { describeResultNode, type ResultLookup } from './describeResultNode.ts';
import { ResultModel } from './ResultModel.ts';
import type { ResultNode } from './ResultNode.ts';
import type { StudyChange, StudyRef, WatchedStudies } from './WatchedStudies.ts';

/** VS Code gathers redraws for a fifth of a second; a node that is opened meanwhile is closed again by them. */
const SETTLE_MS = 500;

/** The view *Results*. A change redraws the one study that changed; a study that came or went redraws the list around it. */
export class ResultsTree implements TreeDataProvider<ResultNode>, Disposable {
  readonly #studies: WatchedStudies;
  readonly #remotes: RemoteWatch;
  readonly #onError: (error: unknown) => void;
  readonly #model: ResultModel;
  readonly #onDidChange = new EventEmitter<ResultNode | undefined>();
  readonly #store = new DisposableStore();
  readonly view: TreeView<ResultNode>;

  readonly onDidChangeTreeData = this.#onDidChange.event;

  constructor(studies: WatchedStudies, remotes: RemoteWatch, onError: (error: unknown) => void) {
    this.#studies = studies;
    this.#remotes = remotes;
    this.#onError = onError;
    this.#model = new ResultModel({
      get folders() {
        return studies.folders;
      },
      get remotes() {
        return remotes.folders;
      },
      studies: (folder) => studies.studies(folder),
      get: (ref) => studies.get(ref),
    });
    this.view = this.#store.add(
      window.createTreeView('hone.results', { treeDataProvider: this, showCollapseAll: true, canSelectMany: true }),
    );
    this.#store.add(this.#onDidChange);
    this.#store.add(studies.onDidChange((change) => this.#redraw(change)));
    this.#store.add(remotes.onDidChange(() => this.#onDidChange.fire(undefined)));
    this.#store.add(studies.onDidProgress((ref) => this.#onDidChange.fire(this.#model.studyNode(ref) ?? undefined)));
  }

  getTreeItem(node: ResultNode): TreeItem {
    return renderTreeItem(node.key, describeResultNode(node, this.#lookup()));
  }

  getChildren(node?: ResultNode): ResultNode[] {
    return [...this.#model.children(node ?? null)];
  }

  getParent(node: ResultNode): ResultNode | null {
    return node.parent;
  }

  /** Shows a study in the side bar, opened and selected. */
  async reveal(ref: StudyRef): Promise<void> {
    const node = this.#model.studyNode(ref);
    if (node !== null) await this.view.reveal(node, { select: true, focus: true, expand: true });
  }

  showMore(of: string): void {
    this.#onDidChange.fire(this.#model.showMore(of) ?? undefined);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #lookup(): ResultLookup {
    return {
      model: this.#model,
      get: (ref) => this.#studies.get(ref),
      progress: (ref) => this.#studies.progress(ref),
      remote: (folder) => describeRemote(this.#remotes.get(folder) ?? { report: null, failure: null }),
      severalFolders: (workspace.workspaceFolders?.length ?? 0) > 1,
    };
  }

  #redraw(change: StudyChange): void {
    const node = change.before === null || change.now === null ? null : this.#model.studyNode(change);
    this.#onDidChange.fire(node ?? undefined);
    const begins = change.now !== null && isActive(change.now) && (change.before === null || !isActive(change.before));
    if (begins) setTimeout(() => void this.#open(change), SETTLE_MS);
  }

  /** A run that begins is opened, since a tree opens a node by itself only where it has children at once. */
  async #open(ref: StudyRef): Promise<void> {
    const node = this.#model.studyNode(ref);
    // A view that is not visible would be brought to the front.
    if (node === null || !this.view.visible) return;
    try {
      await this.view.reveal(node, { select: false, focus: false, expand: true });
    } catch (error) {
      this.#onError(error);
    }
  }
}
