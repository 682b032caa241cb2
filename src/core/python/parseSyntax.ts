import { Language, Parser } from 'web-tree-sitter';
import { findError, recoverSyntax } from './recoverSyntax.ts';
import type { SyntaxNode } from './SyntaxNode.ts';
import { TreeCopier } from './TreeCopier.ts';

/** The two WebAssembly modules that parsing needs, as bytes: the core does no I/O. */
export interface ParserBinaries {
  readonly runtime: Uint8Array;
  readonly python: Uint8Array;
}

/** Parses Python text whose first character stands at `base` of its file; null where the time limit passed. Never throws on any text. */
export type ParseSyntax = (text: string, isOverdue: () => boolean, base?: number) => SyntaxNode | null;

/** Loads the grammar. Call once; the result is used from one thread. */
export async function createParseSyntax(binaries: ParserBinaries): Promise<ParseSyntax> {
  await Parser.init({ wasmBinary: binaries.runtime });
  const parser = new Parser();
  const language = await Language.load(binaries.python);
  parser.setLanguage(language);
  const copier = new TreeCopier(language);
  const parse = (text: string, base: number, isOverdue: () => boolean): Parsed | null =>
    parseOnce(parser, copier, text, base, isOverdue);
  return (text, isOverdue, base = 0) => {
    const whole = parse(text, base, isOverdue);
    if (whole === null || !whole.broken) return whole && whole.root;
    const children = recoverSyntax(text, 0, text.length, (part, at) => parse(part, base + at, isOverdue)?.root ?? null);
    if (children === null) return null;
    const recovered = { ...whole.root, children };
    const error = findError(whole.root);
    // Every statement may parse alone where the whole does not: the error stays on record.
    return error === null || findError(recovered) !== null
      ? recovered
      : { ...recovered, children: [...children, { ...error, children: [] }] };
  };
}

interface Parsed {
  readonly root: SyntaxNode;
  readonly broken: boolean;
}

function parseOnce(parser: Parser, copier: TreeCopier, text: string, base: number, isOverdue: () => boolean): Parsed | null {
  if (isOverdue()) return null;
  parser.reset();
  const tree = parser.parse(text, null, { progressCallback: isOverdue });
  if (tree === null) return null;
  try {
    const root = copier.copy(tree, base, isOverdue);
    return root && { root, broken: tree.rootNode.hasError };
  } finally {
    tree.delete();
  }
}
