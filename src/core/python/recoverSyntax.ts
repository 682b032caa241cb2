import { indentOf, splitChunks } from './splitChunks.ts';
import { fieldOf, type SyntaxNode } from './SyntaxNode.ts';

/** Parses a stretch of text whose first character stands at `base` of the file; null where the time is up. */
export type ParsePart = (text: string, base: number) => SyntaxNode | null;

const MAX_LEVELS = 12;
const HEADER =
  /^[ \t]*(?:@|(?:async[ \t]+)?(?:if|elif|else|for|while|with|try|except|finally|def|class)\b)[^\n]*:[ \t]*(?:#[^\n]*)?\r?\n/u;
const CLAUSE = /^[ \t]*(?:elif|else|except|finally)\b/u;

/** The first part of a tree that did not parse, the innermost there; null where all did. Without recursion. */
export function findError(root: SyntaxNode): SyntaxNode | null {
  let found: SyntaxNode | null = null;
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const inside = found !== null && node.start >= found.start && node.end <= found.end;
    if ((node.type === 'ERROR' || node.missing) && (found === null || inside || node.start < found.start)) found = node;
    for (const child of node.children) open.push(child);
  }
  return found;
}

/**
 * Parses what does not parse as a whole statement by statement, and a broken block by its body, so that an error spoils only the
 * statement that it stands in. Null where the time is up.
 */
export function recoverSyntax(text: string, start: number, end: number, parse: ParsePart, level = 0): SyntaxNode[] | null {
  const nodes: SyntaxNode[] = [];
  for (const chunk of splitChunks(text, start, end)) {
    const recovered = recoverChunk(text, chunk.start, chunk.end, parse, level);
    if (recovered === null) return null;
    nodes.push(...recovered);
  }
  return nodes;
}

function recoverChunk(text: string, start: number, end: number, parse: ParsePart, level: number): SyntaxNode[] | null {
  const written = text.slice(start, end);
  const own = blankSurplusClosers(written);
  const indented = indentOf(own.split('\n').find((line) => /^\s*[^\s#]/u.test(line)) ?? '') > 0;
  const statements = parseStatements(own, start, indented, parse);
  if (statements === null) return null;
  if (level >= MAX_LEVELS || statements.every((node) => findError(node) === null))
    return own === written ? statements : [...statements, errorAt(start + firstDifference(own, written))];
  const first = firstCode(text, start, end);
  const header = HEADER.exec(text.slice(first, end))?.[0];
  if (header === undefined) return statements;
  const body = recoverClauses(text, first + header.length, end, indentOf(header), parse, level);
  if (body === null) return null;
  const head = parseStatements(`${header.trimEnd().replace(/:[ \t]*#[^\n]*$/u, ':')} pass`, first, indented, parse)?.[0];
  if (head === undefined || findError(head) !== null) return body;
  const block = fieldOf(
    head.type === 'decorated_definition' ? (fieldOf(head, 'definition') ?? head) : head,
    head.type === 'if_statement' ? 'consequence' : 'body',
  );
  if (block === null) return body;
  block.children.splice(0, block.children.length, ...body);
  return [{ ...head, end }];
}

/** The bodies of a block and of the clauses that follow it; the clauses' conditions are given up. */
function recoverClauses(
  text: string,
  start: number,
  end: number,
  indent: number,
  parse: ParsePart,
  level: number,
): SyntaxNode[] | null {
  const nodes: SyntaxNode[] = [];
  let from = start;
  for (let at = start; at < end;) {
    const newline = text.indexOf('\n', at);
    const next = newline === -1 ? end : Math.min(newline + 1, end);
    const line = text.slice(at, next);
    if (indentOf(line) === indent && CLAUSE.test(line)) {
      const body = recoverSyntax(text, from, at, parse, level + 1);
      if (body === null) return null;
      nodes.push(...body);
      from = next;
    }
    at = next;
  }
  const last = recoverSyntax(text, from, end, parse, level + 1);
  return last === null ? null : [...nodes, ...last];
}

const WRAPPER = 'if 1:\n';

/** An indented stretch is parsed as the body of a block that is thrown away. */
function parseStatements(own: string, start: number, indented: boolean, parse: ParsePart): SyntaxNode[] | null {
  const root = indented ? parse(WRAPPER + own, start - WRAPPER.length) : parse(own, start);
  if (root === null) return null;
  if (!indented) return root.type === 'module' ? root.children : [root];
  const [block, ...rest] = root.children;
  const body = block?.type === 'if_statement' ? fieldOf(block, 'consequence') : null;
  if (body === null || block === undefined) return root.type === 'module' ? root.children : [root];
  return [...body.children, ...block.children.filter((child) => child.type === 'ERROR'), ...rest];
}

const TOKEN = /'''[\s\S]*?'''|"""[\s\S]*?"""|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|#[^\n]*|[()[\]{}]/gu;

/** A bracket that closes nothing is as good as a blank. */
function blankSurplusClosers(text: string): string {
  let depth = 0;
  return text.replace(TOKEN, (token) => {
    if ('([{'.includes(token)) depth++;
    else if (')]}'.includes(token)) {
      if (depth === 0) return ' ';
      depth--;
    }
    return token;
  });
}

function firstDifference(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}

function errorAt(start: number): SyntaxNode {
  return { type: 'ERROR', field: null, named: true, missing: false, start, end: start, depth: 1, children: [] };
}

function firstCode(text: string, start: number, end: number): number {
  for (let at = start; at < end;) {
    const newline = text.indexOf('\n', at);
    const next = newline === -1 ? end : newline + 1;
    if (/^\s*[^\s#]/u.test(text.slice(at, next))) return at;
    at = next;
  }
  return start;
}
