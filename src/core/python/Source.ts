/** A text that Python is read from: a file, or one code cell of a notebook. `text` has no byte order mark. */
export interface Source {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  /** Counts from 0 over all cells of a notebook; null for a plain file. */
  readonly cell: number | null;
  readonly text: string;
  /** Offset of the first character of each line, in UTF-16 units. */
  readonly lineStarts: readonly number[];
}

/** Line and column, both counting from 1; columns in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Makes a source of a text; a byte order mark is dropped, so offsets count without it. */
export function createSource(path: string, text: string, cell: number | null = null): Source {
  const stripped = text.startsWith('\uFEFF') ? text.slice(1) : text;
  return { path, cell, text: stripped, lineStarts: findLineStarts(stripped) };
}

/** Where an offset is. */
export function positionAt(source: Source, offset: number): Position {
  let low = 0;
  let high = source.lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((source.lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (source.lineStarts[low] ?? 0) + 1 };
}

/** The text of a line that counts from 1, without surrounding blanks. */
export function lineText(source: Source, line: number): string {
  const start = source.lineStarts[line - 1];
  if (start === undefined) return '';
  return source.text.slice(start, source.lineStarts[line] ?? source.text.length).trim();
}

function findLineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
