import { MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri, type Command } from 'vscode';
import type { NodeCommand, NodeView } from './NodeView.ts';

const COLLAPSIBLE = {
  none: TreeItemCollapsibleState.None,
  collapsed: TreeItemCollapsibleState.Collapsed,
  expanded: TreeItemCollapsibleState.Expanded,
} as const;

/** VS Code's item for a node; `id` keeps its selection and its open state over refreshes. */
export function renderTreeItem(id: string, view: NodeView): TreeItem {
  const item = new TreeItem(view.label, COLLAPSIBLE[view.children]);
  item.id = id;
  item.description = view.description;
  item.contextValue = view.context;
  item.tooltip = renderTooltip(view);
  item.accessibilityInformation = { label: [view.label, view.description].filter((part) => part !== '').join(', ') };
  if (view.file !== null) item.resourceUri = Uri.file(view.file);
  if (view.icon === null) item.iconPath = ThemeIcon.File;
  else item.iconPath = new ThemeIcon(view.icon.icon, view.icon.color === null ? undefined : new ThemeColor(view.icon.color));
  if (view.command !== null) item.command = renderCommand(view.label, view.command);
  return item;
}

function renderCommand(title: string, command: NodeCommand): Command {
  if ('id' in command) return { title, command: command.id, arguments: [...command.arguments] };
  const line = command.line === null ? null : command.line - 1;
  const options = line === null ? {} : { selection: { start: { line, character: 0 }, end: { line, character: 0 } } };
  return { title, command: 'vscode.open', arguments: [Uri.file(command.open), options] };
}

function renderTooltip(view: NodeView): MarkdownString {
  const text = new MarkdownString();
  view.tooltip.forEach((paragraph, index) => {
    if (index > 0) text.appendMarkdown('\n\n');
    text.appendText(paragraph);
  });
  if (view.code !== null) text.appendCodeblock(view.code, 'python');
  return text;
}
