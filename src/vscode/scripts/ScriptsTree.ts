import { basename } from 'node:path';
import { EventEmitter, window, type TreeDataProvider, type TreeItem, type TreeView } from 'vscode';
import { DisposableStore, type Disposable } from '../../base/DisposableStore.ts';
import type { Evidence, Script } from '../../core/scan/Script.ts';
import { nodeView, type NodeView } from '../NodeView.ts';
import { renderTreeItem } from '../renderTreeItem.ts';
import type { Workspace } from '../Workspace.ts';
import { describeEvidence, describeScript } from './describeScript.ts';
import type { FoundScripts } from './FoundScripts.ts';

export type ScriptNode =
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'script'; readonly folder: string; readonly script: Script }
  | { readonly kind: 'evidence'; readonly folder: string; readonly script: Script; readonly evidence: Evidence }
  | { readonly kind: 'more'; readonly folder: string; readonly left: number };

/** Scripts shown at once in a folder. */
const PAGE = 200;

/** The view *Scripts*: what trains in the open folders, and the lines that say so. */
export class ScriptsTree implements TreeDataProvider<ScriptNode>, Disposable {
  readonly #scripts: FoundScripts;
  readonly #workspace: Workspace;
  readonly #pages = new Map<string, number>();
  readonly #onDidChange = new EventEmitter<undefined>();
  readonly #store = new DisposableStore();
  readonly view: TreeView<ScriptNode>;

  readonly onDidChangeTreeData = this.#onDidChange.event;

  constructor(scripts: FoundScripts, folders: Workspace) {
    this.#scripts = scripts;
    this.#workspace = folders;
    this.view = this.#store.add(window.createTreeView('hone.scripts', { treeDataProvider: this, showCollapseAll: true }));
    this.#store.add(this.#onDidChange);
    this.#store.add(scripts.onDidChange(() => this.#onDidChange.fire(undefined)));
  }

  getTreeItem(node: ScriptNode): TreeItem {
    return renderTreeItem(keyOf(node), describe(node));
  }

  getChildren(node?: ScriptNode): ScriptNode[] {
    if (node === undefined) {
      const withScripts = this.#workspace.folders().filter((folder) => this.#scripts.scripts(folder).length > 0);
      const only = this.#workspace.folders().length === 1 ? withScripts[0] : undefined;
      return only === undefined ? withScripts.map((folder) => ({ kind: 'folder', folder })) : this.#ofFolder(only);
    }
    if (node.kind === 'folder') return this.#ofFolder(node.folder);
    if (node.kind !== 'script') return [];
    return node.script.evidence.map((evidence) => ({ ...node, kind: 'evidence', evidence }));
  }

  showMore(folder: string): void {
    this.#pages.set(folder, (this.#pages.get(folder) ?? 1) + 1);
    this.#onDidChange.fire(undefined);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #ofFolder(folder: string): ScriptNode[] {
    const scripts = this.#scripts.scripts(folder);
    const shown = PAGE * (this.#pages.get(folder) ?? 1);
    const nodes: ScriptNode[] = scripts.slice(0, shown).map((script) => ({ kind: 'script', folder, script }));
    return scripts.length > shown ? [...nodes, { kind: 'more', folder, left: scripts.length - shown }] : nodes;
  }
}

function keyOf(node: ScriptNode): string {
  if (node.kind === 'folder' || node.kind === 'more') return `${node.kind}:${node.folder}`;
  const key = `${node.folder}:${node.script.path}`;
  return node.kind === 'script' ? key : `${key}:${node.evidence.cell ?? ''}:${node.evidence.line}:${node.evidence.text}`;
}

function describe(node: ScriptNode): NodeView {
  if (node.kind === 'folder') {
    return nodeView({
      label: basename(node.folder),
      icon: { icon: 'root-folder', color: null },
      children: 'expanded',
      context: 'folder',
    });
  }
  if (node.kind === 'script') return describeScript(node.folder, node.script);
  if (node.kind === 'evidence') return describeEvidence(node.folder, node.script, node.evidence);
  return nodeView({
    label: `Show ${Math.min(PAGE, node.left)} More`,
    description: `${node.left} left`,
    icon: { icon: 'ellipsis', color: null },
    context: 'more',
    command: { id: 'hone.showMore', arguments: [node] },
  });
}
