import type { Ranged } from '../../python/Ast.ts';
import type { TextRange } from '../SearchSpace.ts';

/** The lines of a statement that has them to itself, comments at their ends included: from the line break before them to their end. */
export interface OwnLines extends TextRange {
  /** Where the first line begins. */
  readonly lineStart: number;
  readonly indent: string;
  readonly lineBreak: string;
}

/** The whole lines of a statement; null where it shares them with others. */
export function ownLines({ source, start, end }: Ranged): OwnLines | null {
  const { text } = source;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const indent = text.slice(lineStart, start);
  const rest = /^[ \t]*(?:#[^\r\n]*)?(?=\r?\n|$)/u.exec(text.slice(end, end + 2000))?.[0];
  if (!/^[ \t]*$/u.test(indent) || rest === undefined) return null;
  const before = /\r?\n$/u.exec(text.slice(Math.max(0, lineStart - 2), lineStart))?.[0] ?? '';
  return { start: lineStart - before.length, end: end + rest.length, lineStart, indent, lineBreak: lineBreakOf(text) };
}

/** How a text breaks its lines. */
export function lineBreakOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** The blanks that the line of an offset begins with. */
export function indentAt(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^[ \t]*/u.exec(line)?.[0] ?? '';
}
