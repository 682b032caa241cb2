import { diffArrays } from 'diff';
import { decodeSource } from '../../core/python/decodeSource.ts';

/** A source file's text, with its byte order mark. */
export function textOf(bytes: Buffer): string {
  const { text, byteOrderMark } = decodeSource(bytes);
  return byteOrderMark && !text.startsWith('\uFEFF') ? `\uFEFF${text}` : text;
}

/** Encodes a changed text as the file that it comes from. Other than in UTF-8, lines that stay keep their bytes, and new ones are Latin-1. */
export function encodeLike(bytes: Buffer, text: string): Buffer {
  const { encoding } = decodeSource(bytes);
  if (encoding === 'utf-8') return Buffer.from(text);
  if (encoding === 'utf-16le') return Buffer.from(text, 'utf16le');
  const raw = splitLines(bytes);
  let line = 0;
  const parts: Buffer[] = [];
  for (const { value, added, removed } of diffArrays(linesOf(textOf(bytes)), linesOf(text))) {
    if (added) parts.push(...value.map((one) => Buffer.from(one, 'latin1')));
    else if (!removed) parts.push(...raw.slice(line, line + value.length));
    if (!added) line += value.length;
  }
  return Buffer.concat(parts);
}

function linesOf(text: string): string[] {
  return text.split(/(?<=\n)/u);
}

/** The lines of a file whose encoding has ASCII within. */
function splitLines(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  let start = 0;
  for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
    lines.push(bytes.subarray(start, end + 1));
    start = end + 1;
  }
  return start < bytes.length ? [...lines, bytes.subarray(start)] : lines;
}
