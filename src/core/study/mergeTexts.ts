import { diff3Merge } from 'node-diff3';

/** A place that both sides changed, each in its own way. Lines count from 1. */
export interface MergeConflict {
  /** In the text of now. */
  readonly line: number;
  readonly now: string;
  readonly wanted: string;
}

export interface MergedText {
  /** Where there are conflicts, the text of now stands there. */
  readonly text: string;
  readonly conflicts: readonly MergeConflict[];
}

interface Region {
  readonly ok?: readonly string[];
  readonly conflict?: { readonly a: readonly string[]; readonly o: readonly string[]; readonly b: readonly string[] };
}

/**
 * Brings a change of an older text into the text of now, line by line: a three-way merge (Khanna, Kunal and Pierce, "A Formal
 * Investigation of Diff3", 2007). Line ends stay as they are in each line.
 */
export function mergeTexts(base: string, now: string, wanted: string): MergedText {
  if (base === now) return { text: wanted, conflicts: [] };
  const options = { excludeFalseConflicts: true };
  const regions = diff3Merge(linesOf(now), linesOf(base), linesOf(wanted), options) as readonly Region[];
  const lines: string[] = [];
  const conflicts: MergeConflict[] = [];
  for (const { ok, conflict } of regions) {
    if (ok !== undefined) lines.push(...ok);
    for (const { ok: merged, a, b } of conflict === undefined ? [] : mergeNeighbours(conflict)) {
      if (merged === undefined) conflicts.push({ line: lines.length + 1, now: a.join('').trim(), wanted: b.join('').trim() });
      lines.push(...(merged ?? a));
    }
  }
  return { text: lines.join(''), conflicts };
}

interface Piece {
  readonly ok?: readonly string[];
  readonly a: readonly string[];
  readonly b: readonly string[];
}

/** Lines side by side of which each was changed by one side alone are no conflict. */
function mergeNeighbours({ a, o, b }: Required<Region>['conflict']): readonly Piece[] {
  if (a.length !== o.length || b.length !== o.length) return [{ a, b }];
  return o.map((line, index): Piece => {
    const [now = '', wanted = ''] = [a[index], b[index]];
    const piece = { a: [now], b: [wanted] };
    if (now === line || now === wanted) return { ...piece, ok: [wanted] };
    return wanted === line ? { ...piece, ok: [now] } : piece;
  });
}

/** Lines with their ends. */
function linesOf(text: string): string[] {
  return text.split(/(?<=\n)/u);
}
