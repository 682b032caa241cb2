import type { CommandId } from './commands/CommandId.ts';
import type { StateIcon } from './studies/describeStudy.ts';

/** How a tree node looks and what a click does, as plain data: the trees turn it into VS Code's items. */
export interface NodeView {
  readonly label: string;
  readonly description: string;
  /** Null takes the icon of the file type of `file`. */
  readonly icon: StateIcon | null;
  /** Paragraphs of plain text, then source code; shown as they are, never as markup. */
  readonly tooltip: readonly string[];
  readonly code: string | null;
  readonly children: 'none' | 'collapsed' | 'expanded';
  /** `viewItem` of the menus. */
  readonly context: string;
  /** Absolute path of the file that it stands for. */
  readonly file: string | null;
  readonly command: NodeCommand | null;
}

export type NodeCommand =
  | { readonly id: CommandId; readonly arguments: readonly unknown[] }
  /** Opens a source file; the line counts from 1. */
  | { readonly open: string; readonly line: number | null };

const PLAIN: Omit<NodeView, 'label' | 'context'> = {
  description: '',
  icon: null,
  tooltip: [],
  code: null,
  children: 'none',
  file: null,
  command: null,
};

/** A view with everything that is not given left out. */
export function nodeView(view: Partial<NodeView> & Pick<NodeView, 'label' | 'context'>): NodeView {
  return { ...PLAIN, ...view };
}
