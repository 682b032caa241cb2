/** A function at the margin that its file names nowhere else, so that nothing there calls it. Offsets are UTF-16. */
export interface UnnamedFunction {
  /** Of `def`. */
  readonly start: number;
  /** Of the first line below the header. */
  readonly bodyStart: number;
  /** After the last line break of the body. */
  readonly bodyEnd: number;
  /** Where the function ends. */
  readonly end: number;
}

const TOKEN =
  /'''[\s\S]*?'''|"""[\s\S]*?"""|'(?:\\[\s\S]|[^'\\\n])*'|"(?:\\[\s\S]|[^"\\\n])*"|#[^\n]*|[()[\]{}]|\n(?=[^\s#])|['"]/gu;
const HEADER = /^(?:async[ \t]+)?def[ \t]+([A-Za-z_]\w*)[ \t]*\([^\n]*:[ \t]*(?:#[^\n]*)?\r?\n(?=[ \t]+\S)/u;
/** Python 2, which only the parser tells for sure. */
const OLD = /(?:^|[:;])[ \t]*(?:print|exec)[ \t]+[^\s=(.,[]|\bexcept\b[^:\n]*,|<>|`/mu;
const LEAST_BODY = 80;

/**
 * Functions whose bodies need not be read for what running the file does. Brackets and quotes are followed, so that each is whole; none
 * are found where these do not match, nor among functions with decorators, which may hand them on.
 */
export function findUnnamed(text: string): UnnamedFunction[] {
  const margins = findMargins(text);
  if (margins === null) return [];
  const found: UnnamedFunction[] = [];
  for (const [index, start] of margins.entries()) {
    const bodyEnd = margins[index + 1] ?? text.length;
    if (bodyEnd - start < LEAST_BODY || (text[start] !== 'd' && text[start] !== 'a')) continue;
    const header = HEADER.exec(text.slice(start, bodyEnd));
    const bodyStart = start + (header?.[0].length ?? 0);
    const before = margins[index - 1];
    if (header === null || bodyEnd - bodyStart < LEAST_BODY || (before !== undefined && text[before] === '@')) continue;
    const body = text.slice(bodyStart, bodyEnd);
    if (isNamedOnce(text, header[1] ?? '') && !OLD.test(body))
      found.push({ start, bodyStart, bodyEnd, end: bodyStart + codeLength(body) });
  }
  return found;
}

/** The text with each body as a single `pass`, as long as it was, so that offsets stay. */
export function withoutBodies(text: string, functions: readonly UnnamedFunction[]): string {
  let short = '';
  let from = 0;
  for (const { bodyStart, bodyEnd } of functions) {
    const head = `${text.slice(from, bodyStart)}${/^[ \t]*/u.exec(text.slice(bodyStart, bodyEnd))?.[0] ?? ''}pass`;
    const left = bodyEnd - from - head.length - 1;
    if (left < 1) continue;
    short += `${head}${'#'.repeat(left)}\n`;
    from = bodyEnd;
  }
  return short + text.slice(from);
}

/** Where statements at the margin start; null where brackets or quotes do not match. */
function findMargins(text: string): number[] | null {
  const margins = /^[^\s#]/u.test(text) ? [0] : [];
  let depth = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [token] = match;
    if (token === '\n') {
      if (depth === 0) margins.push(match.index + 1);
    } else if (token === '"' || token === "'") return null;
    else if (token === '(' || token === '[' || token === '{') depth++;
    else if ((token === ')' || token === ']' || token === '}') && --depth < 0) return null;
  }
  return depth === 0 ? margins : null;
}

/** The length of a body without the blank lines, and the comments at the margin, that follow it. */
function codeLength(body: string): number {
  let { length } = body.trimEnd();
  for (;;) {
    const line = body.lastIndexOf('\n', length - 1) + 1;
    if (body[line] !== '#') return length;
    ({ length } = body.slice(0, line).trimEnd());
  }
}

function isNamedOnce(text: string, name: string): boolean {
  for (let at = text.indexOf(name), words = 0; at !== -1; at = text.indexOf(name, at + name.length)) {
    const inWord = /\w/u.test(text[at - 1] ?? '') || /\w/u.test(text[at + name.length] ?? '');
    if (!inWord && ++words > 1) return false;
  }
  return true;
}
