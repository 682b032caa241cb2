import type { Ranged } from './Ast.ts';
import { positionAt } from './Source.ts';

/** A place in a file. Lines and columns count from 1; offsets are UTF-16 units of the text without its byte order mark, of the cell in a notebook. */
export interface SourceRange {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly start: number;
  readonly end: number;
  /** Counts from 0 over all cells of a notebook. */
  readonly cell?: number;
}

/** Where a node of the syntax is written. */
export function rangeOf({ source, start, end }: Ranged): SourceRange {
  return { path: source.path, ...positionAt(source, start), start, end, ...(source.cell === null ? {} : { cell: source.cell }) };
}
