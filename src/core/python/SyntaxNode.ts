import type { Tree } from 'web-tree-sitter';

/** A node of the concrete syntax tree as plain data: it outlives the parser's memory. Offsets are UTF-16. */
export interface SyntaxNode {
  readonly type: string;
  readonly field: string | null;
  readonly named: boolean;
  readonly missing: boolean;
  readonly start: number;
  readonly end: number;
  readonly depth: number;
  readonly children: SyntaxNode[];
}

const PUNCTUATION = new Set(['(', ')', '[', ']', '{', '}', ',', ':', '.', ';', '"', "'", 'comment', 'line_continuation']);

/** Copies a tree without recursion, so that any depth of nesting is safe; punctuation and comments are left out. `base` is added to offsets. */
export function copyTree(tree: Tree, base = 0): SyntaxNode {
  const cursor = tree.walk();
  const root = copyNode(cursor, 0, base);
  const parents: SyntaxNode[] = [root];
  let moved = cursor.gotoFirstChild();
  while (moved) {
    const copy = copyNode(cursor, parents.length, base);
    if (!PUNCTUATION.has(copy.type) || copy.missing) parents.at(-1)?.children.push(copy);
    if (copy.type !== 'string_content' && cursor.gotoFirstChild()) {
      parents.push(copy);
      continue;
    }
    moved = cursor.gotoNextSibling();
    while (!moved && parents.length > 1) {
      parents.pop();
      cursor.gotoParent();
      moved = cursor.gotoNextSibling();
    }
  }
  cursor.delete();
  return root;
}

/** The child in a field of the grammar. */
export function fieldOf(parent: SyntaxNode, field: string): SyntaxNode | null {
  return parent.children.find((child) => child.field === field) ?? null;
}

/** All children in a field of the grammar. */
export function fieldsOf(parent: SyntaxNode, field: string): SyntaxNode[] {
  return parent.children.filter((child) => child.field === field);
}

/** Children that are named nodes of the grammar. */
export function namedChildren(parent: SyntaxNode): SyntaxNode[] {
  return parent.children.filter((child) => child.named);
}

function copyNode(cursor: ReturnType<Tree['walk']>, depth: number, base: number): SyntaxNode {
  return {
    type: cursor.nodeType,
    field: cursor.currentFieldName,
    named: cursor.nodeIsNamed,
    missing: cursor.nodeIsMissing,
    start: cursor.startIndex + base,
    end: cursor.endIndex + base,
    depth,
    children: [],
  };
}
