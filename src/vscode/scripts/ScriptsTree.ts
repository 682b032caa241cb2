import { EventEmitter, window, type TreeDataProvider, type TreeItem, type TreeView } from 'vscode';
import { DisposableStore, type Disposable } from '../../base/DisposableStore.ts';
import type { Inspections } from '../code/Inspections.ts';
import { renderTreeItem } from '../renderTreeItem.ts';
import type { FileInFolder, Workspace } from '../Workspace.ts';
import { describeScriptNode, PAGE } from './describeScriptNode.ts';
import type { FoundScripts } from './FoundScripts.ts';
import { nodeChildren, scriptChildren } from './scriptChildren.ts';
import type { ScriptNode } from './ScriptNode.ts';

/** The view *Scripts*: what trains in the open folders, what can be tuned in it by layer, and what stays as it is. */
export class ScriptsTree implements TreeDataProvider<ScriptNode>, Disposable {
  readonly #scripts: FoundScripts;
  readonly #inspections: Inspections;
  readonly #workspace: Workspace;
  readonly #pages = new Map<string, number>();
  readonly #onDidChange = new EventEmitter<undefined>();
  readonly #store = new DisposableStore();
  readonly view: TreeView<ScriptNode>;

  readonly onDidChangeTreeData = this.#onDidChange.event;

  constructor(scripts: FoundScripts, inspections: Inspections, folders: Workspace) {
    this.#scripts = scripts;
    this.#inspections = inspections;
    this.#workspace = folders;
    this.view = this.#store.add(window.createTreeView('hone.scripts', { treeDataProvider: this, showCollapseAll: true }));
    this.#store.add(this.#onDidChange);
    // Told of scripts that were found and saved, and of hone.yaml; what is typed is shown once it is saved.
    this.#store.add(inspections.onDidChange((file) => file === null && this.#onDidChange.fire(undefined)));
  }

  getTreeItem(node: ScriptNode): TreeItem {
    return renderTreeItem(node.key, describeScriptNode(node));
  }

  async getChildren(node?: ScriptNode): Promise<ScriptNode[]> {
    if (node === undefined) {
      const folders = this.#foldersWithScripts();
      const [only] = folders;
      return this.#isSingle() && only !== undefined ? this.#ofFolder(only, null) : folders.map(folderNode);
    }
    if (node.kind === 'folder') return this.#ofFolder(node.folder, node);
    if (node.kind !== 'script') return this.#page(nodeChildren(node), node.key, node);
    return scriptChildren(node, await this.#inspections.of({ folder: node.folder, path: node.script.path }));
  }

  getParent(node: ScriptNode): ScriptNode | null {
    return node.parent;
  }

  /** Shows a script in the side bar, opened and selected. */
  async reveal({ folder, path }: FileInFolder): Promise<void> {
    const script = this.#scripts.find(folder, path);
    if (script === null) return;
    const parent = this.#isSingle() ? null : folderNode(folder);
    await this.view.reveal(scriptNode(folder, script, parent), { select: true, focus: true, expand: true });
  }

  showMore(page: string): void {
    this.#pages.set(page, (this.#pages.get(page) ?? 1) + 1);
    this.#onDidChange.fire(undefined);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #foldersWithScripts(): string[] {
    return this.#workspace.folders().filter((folder) => this.#scripts.scripts(folder).length > 0);
  }

  #isSingle(): boolean {
    return this.#workspace.folders().length === 1;
  }

  #ofFolder(folder: string, parent: ScriptNode | null): ScriptNode[] {
    const nodes = this.#scripts.scripts(folder).map((script) => scriptNode(folder, script, parent));
    return this.#page(nodes, folder, parent);
  }

  #page(nodes: readonly ScriptNode[], page: string, parent: ScriptNode | null): ScriptNode[] {
    const shown = nodes.slice(0, PAGE * (this.#pages.get(page) ?? 1));
    const left = nodes.length - shown.length;
    return left === 0 ? shown : [...shown, { kind: 'more', page, left, key: `more\n${page}`, parent }];
  }
}

function folderNode(folder: string): ScriptNode {
  return { kind: 'folder', folder, key: folder, parent: null };
}

function scriptNode(
  folder: string,
  script: Extract<ScriptNode, { kind: 'script' }>['script'],
  parent: ScriptNode | null,
): ScriptNode {
  return { kind: 'script', folder, script, key: `${folder}\n${script.path}`, parent };
}
