/** A stretch of text that holds one or more whole top-level statements. */
export interface Chunk {
  readonly start: number;
  readonly end: number;
}

const STATEMENT = /^(?:[A-Za-z_][\w.]*\s*(?:=(?!=)|\()|(?:def|class|for|while|if|with|try|import|from|return|print|assert|del|raise|@)\b)/u;
const CONTINUES = /^(?:else|elif|except|finally)\b|^[)\]}]/u;
const UNFINISHED = /(?:[,([{+\-*/%=|&\\]|\b(?:and|or|not|in|is))\s*$/u;

/**
 * Cuts a text that does not parse at its top-level statements, so that one unclosed bracket does not swallow what follows it.
 * A line at the margin that looks like a statement starts a chunk, also inside an open bracket if the line before was finished.
 */
export function splitChunks(text: string): Chunk[] {
  const starts: number[] = [];
  const state: ScanState = { depth: 0, quote: null, lastCode: '' };
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline + 1;
    const line = text.slice(start, end);
    if (startsChunk(line, state)) {
      starts.push(start);
      state.depth = 0;
    }
    scanLine(line, state);
    start = end;
  }
  return starts.map((start, index) => ({ start: index === 0 ? 0 : start, end: starts[index + 1] ?? text.length }));
}

interface ScanState {
  depth: number;
  /** The triple quote that is open. */
  quote: string | null;
  /** The last line with code on it, without its comment. */
  lastCode: string;
}

function startsChunk(line: string, state: ScanState): boolean {
  if (state.quote !== null || !/^[^\s#]/u.test(line) || CONTINUES.test(line) || /^@/u.test(state.lastCode)) return false;
  if (state.lastCode.trimEnd().endsWith('\\')) return false;
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
