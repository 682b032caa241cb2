import { Language, Parser } from 'web-tree-sitter';
import { findError, recoverSyntax } from './recoverSyntax.ts';
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
    const error = whole && findError(whole);
    if (whole === null || error === null) return whole;
    const children = recoverSyntax(text, 0, text.length, (part, base) => parseOnce(parser, part, base, isOverdue));
    if (children === null || children.length === 0) return children && whole;
    const recovered = { ...whole, children };
    // Every statement may parse alone where the whole does not: the error stays on record.
    return findError(recovered) === null ? { ...whole, children: [...children, { ...error, children: [] }] } : recovered;
  };
}

function parseOnce(parser: Parser, text: string, base: number, isOverdue: () => boolean): SyntaxNode | null {
  if (isOverdue()) return null;
  parser.reset();
  const tree = parser.parse(text, null, { progressCallback: isOverdue });
  if (tree === null) return null;
  try {
    return copyTree(tree, base);
  } finally {
    tree.delete();
  }
}
