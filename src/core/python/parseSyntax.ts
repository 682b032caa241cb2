import { Language, Parser } from 'web-tree-sitter';
import { splitChunks } from './splitChunks.ts';
import { copyTree, type SyntaxNode } from './SyntaxNode.ts';

/** The two WebAssembly modules that parsing needs, as bytes: the core does no I/O. */
export interface ParserBinaries {
  readonly runtime: Uint8Array;
  readonly python: Uint8Array;
}

/** Parses Python text; null where the time limit passed. Never throws on any text. */
export type ParseSyntax = (text: string, isOverdue: () => boolean) => SyntaxNode | null;

/** Loads the grammar. Call once; the result is used from one thread. */
export async function createParseSyntax(binaries: ParserBinaries): Promise<ParseSyntax> {
  await Parser.init({ wasmBinary: binaries.runtime });
  const parser = new Parser();
  parser.setLanguage(await Language.load(binaries.python));
  return (text, isOverdue) => {
    const whole = parseOnce(parser, text, 0, isOverdue);
    if (whole === null || !hasError(whole)) return whole;
    const chunks = splitChunks(text);
    if (chunks.length < 2) return whole;
    const children: SyntaxNode[] = [];
    for (const chunk of chunks) {
      const part = parseOnce(parser, text.slice(chunk.start, chunk.end), chunk.start, isOverdue);
      if (part === null) return null;
      for (const child of part.type === 'module' ? part.children : [part]) children.push(child);
    }
    return { ...whole, children };
  };
}

function parseOnce(parser: Parser, text: string, base: number, isOverdue: () => boolean): SyntaxNode | null {
  parser.reset();
  const tree = parser.parse(text, null, { progressCallback: isOverdue });
  if (tree === null) return null;
  try {
    return copyTree(tree, base);
  } finally {
    tree.delete();
  }
}

function hasError(root: SyntaxNode): boolean {
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === 'ERROR' || node.missing) return true;
    for (const child of node.children) open.push(child);
  }
  return false;
}
