import type { Module, Statement, SyntaxProblem } from './Ast.ts';
import { findUnnamed, withoutBodies, type UnnamedFunction } from './findUnnamed.ts';
import { parseNotebook } from './parseNotebook.ts';
import type { ParseSyntax } from './parseSyntax.ts';
import { findError } from './recoverSyntax.ts';
import { createSource, positionAt, type Source } from './Source.ts';
import type { SyntaxNode } from './SyntaxNode.ts';
import { MAX_DEPTH } from './toExpression.ts';
import { toStatements } from './toStatements.ts';
import { UnreadFunction } from './UnreadFunction.ts';

/** Longer texts are not read: 4 million UTF-16 units. */
export const MAX_TEXT_LENGTH = 4_000_000;

/** A module, or a sentence that says why the text was not read. */
export type ReadModule = { readonly module: Module } | { readonly problem: string };

/**
 * Reads a Python file or a notebook (by the ending of its path). Never throws, whatever the text. With `lazily`, the bodies of functions
 * that the file names nowhere else are read when they are asked for, within the time that is left then; errors in them come up nowhere.
 */
export function readModule(
  path: string,
  text: string,
  parseSyntax: ParseSyntax,
  isOverdue: () => boolean,
  lazily = false,
): ReadModule {
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
    const unread = lazily && source.cell === null ? findUnnamed(source.text) : [];
    const short = unread.length === 0 ? null : parseSyntax(withoutBodies(source.text, unread), isOverdue);
    const isShort = short !== null && findError(short) === null;
    const root = isShort ? short : parseSyntax(source.text, isOverdue);
    if (root === null) return { problem: 'Reading it took too long, so it was given up.' };
    problems.push(...findProblems(root, source));
    const statements = toStatements(root, source);
    body.push(...(isShort ? leaveUnread(statements, unread, source, parseSyntax, isOverdue) : statements));
  }
  return { module: { path, sources, body, problems } };
}

function leaveUnread(
  statements: readonly Statement[],
  functions: readonly UnnamedFunction[],
  source: Source,
  parseSyntax: ParseSyntax,
  isOverdue: () => boolean,
): Statement[] {
  const byStart = new Map(functions.map((unread) => [unread.start, unread]));
  return statements.map((statement) => {
    const unread = byStart.get(statement.start);
    if (unread === undefined || statement.kind !== 'function') return statement;
    const { start, bodyStart, bodyEnd, end } = unread;
    return new UnreadFunction(statement, bodyStart, end, () => {
      const [read] = toStatements(parseSyntax(source.text.slice(start, bodyEnd), isOverdue, start), source);
      return read?.kind === 'function' ? read.body : [];
    });
  });
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
