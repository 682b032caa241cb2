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
