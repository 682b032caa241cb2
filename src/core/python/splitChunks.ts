/** A stretch of text that holds one or more whole statements. */
export interface Chunk {
  readonly start: number;
  readonly end: number;
}

const STATEMENT =
  /^\s*(?:[A-Za-z_][\w.]*\s*(?:=(?!=)|\()|(?:def|class|for|while|if|with|try|import|from|return|print|assert|del|raise|@)\b)/u;
const CONTINUES = /^\s*(?:(?:else|elif|except|finally)\b|[)\]}])/u;
const UNFINISHED = /(?:[,([{+\-*/%=|&\\]|\b(?:and|or|not|in|is))\s*$/u;

/**
 * Cuts a text that does not parse at the statements of its outermost indentation, so that one unclosed bracket does not swallow what
 * follows it. A line there that looks like a statement starts a chunk, also inside an open bracket if the line before was finished.
 */
export function splitChunks(text: string, start = 0, end = text.length): Chunk[] {
  const starts: number[] = [];
  const state: ScanState = { depth: 0, quote: null, lastCode: '' };
  let margin: number | null = null;
  for (let at = start; at < end;) {
    const newline = text.indexOf('\n', at);
    const next = newline === -1 ? end : Math.min(newline + 1, end);
    const line = text.slice(at, next);
    const isCode = state.quote === null && /^\s*[^\s#]/u.test(line);
    if (isCode) margin ??= indentOf(line);
    if (isCode && indentOf(line) <= (margin ?? 0) && startsChunk(line, state)) {
      starts.push(at);
      state.depth = 0;
    }
    scanLine(line, state);
    at = next;
  }
  return starts.map((from, index) => ({ start: index === 0 ? start : from, end: starts[index + 1] ?? end }));
}

/** Columns before the first character of a line; a tab leads to the next multiple of eight. */
export function indentOf(line: string): number {
  let column = 0;
  for (const character of line) {
    if (character === '\t') column += 8 - (column % 8);
    else if (character === ' ') column++;
    else break;
  }
  return column;
}

interface ScanState {
  depth: number;
  /** The triple quote that is open. */
  quote: string | null;
  /** The last line with code on it, without its comment. */
  lastCode: string;
}

function startsChunk(line: string, state: ScanState): boolean {
  if (CONTINUES.test(line) || /^\s*@/u.test(state.lastCode)) return false;
  if (state.lastCode.trimEnd().endsWith('\\') && !STATEMENT.test(line)) return false;
  return state.depth === 0 || (STATEMENT.test(line) && !UNFINISHED.test(state.lastCode));
}

function scanLine(line: string, state: ScanState): void {
  let code = '';
  for (let at = 0; at < line.length; at++) {
    const character = line[at] ?? '';
    if (state.quote !== null) {
      if (character === '\\') at++;
      else if (line.startsWith(state.quote, at)) {
        at += state.quote.length - 1;
        state.quote = null;
        code += 's';
      }
      continue;
    }
    if (character === '#') break;
    if (character === '"' || character === "'") {
      const triple = character.repeat(3);
      if (line.startsWith(triple, at)) {
        state.quote = triple;
        at += 2;
      } else at = endOfString(line, at, character);
      code += 's';
      continue;
    }
    if ('([{'.includes(character)) state.depth++;
    else if (')]}'.includes(character)) state.depth = Math.max(0, state.depth - 1);
    code += character;
  }
  if (code.trim() !== '') state.lastCode = code;
}

function endOfString(line: string, start: number, quote: string): number {
  for (let at = start + 1; at < line.length; at++) {
    if (line[at] === '\\') at++;
    else if (line[at] === quote) return at;
  }
  return line.length;
}
