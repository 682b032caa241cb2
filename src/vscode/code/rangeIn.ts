import { Range, type TextDocument } from 'vscode';
import type { SourceRange } from '../../core/python/SourceRange.ts';
import type { CodePlace } from './Inspections.ts';

/** Where a place of the source is in a document; null where it is in another file or cell. */
export function rangeIn(document: TextDocument, { file, cell }: CodePlace, place: SourceRange): Range | null {
  if (place.path !== file.path || (place.cell ?? null) !== cell) return null;
  return new Range(document.positionAt(place.start), document.positionAt(place.end));
}
