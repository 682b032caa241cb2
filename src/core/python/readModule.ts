import type { Module, SyntaxProblem } from './Ast.ts';
import { parseNotebook } from './parseNotebook.ts';
import type { ParseSyntax } from './parseSyntax.ts';
import { createSource, positionAt, type Source } from './Source.ts';
import type { SyntaxNode } from './SyntaxNode.ts';
import { MAX_DEPTH } from './toExpression.ts';
import { toStatements } from './toStatements.ts';

/** Longer texts are not read: 4 million UTF-16 units. */
export const MAX_TEXT_LENGTH = 4_000_000;

/** A module, or a sentence that says why the text was not read. */
export type ReadModule = { readonly module: Module } | { readonly problem: string };

/** Reads a Python file or a notebook (by the ending of its path). Never throws, whatever the text. */
export function readModule(path: string, text: string, parseSyntax: ParseSyntax, isOverdue: () => boolean): ReadModule {
  if (text.length > MAX_TEXT_LENGTH)
    return { problem: `It is ${Math.round(text.length / 1e6)} MB long; files over ${MAX_TEXT_LENGTH / 1e6} MB are not read.` };
  if (text.includes('\0')) return { problem: 'It is not text: it holds null bytes.' };
  if (/\r(?!\n)/u.test(text))
    return { problem: 'Its lines end in single carriage returns, which Hone does not read; save it with LF or CRLF line ends.' };
  const sources = path.endsWith('.ipynb') ? parseNotebook(path, text) : [createSource(path, text)];
  if (typeof sources === 'string') return { problem: sources };
  const problems: SyntaxProblem[] = [];
  const body = [];
  for (const source of sources) {
    const root = parseSyntax(source.text, isOverdue);
    if (root === null) return { problem: 'Reading it took too long, so it was given up.' };
    problems.push(...findProblems(root, source));
    body.push(...toStatements(root, source));
  }
  return { module: { path, sources, body, problems } };
}

/** Walks without recursion, for a hostile text nests deeper than the stack. One problem of each kind is enough. */
function findProblems(root: SyntaxNode, source: Source): SyntaxProblem[] {
  const found = new Map<SyntaxProblem['kind'], SyntaxProblem>();
  const note = (kind: SyntaxProblem['kind'], node: SyntaxNode): void => {
    const line = positionAt(source, node.start).line;
    if (line < (found.get(kind)?.line ?? Number.POSITIVE_INFINITY)) found.set(kind, { source, line, kind });
  };
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === 'ERROR' || node.missing) note('error', node);
    else if (node.type === 'print_statement' || node.type === 'exec_statement') note('python2', node);
    else if (node.depth > MAX_DEPTH) note('depth', node);
    for (const child of node.children) open.push(child);
  }
  return [...found.values()];
}
