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
    if (conflict === undefined) continue;
    const moved = replaceWithin(conflict);
    for (const { ok: merged, a, b } of moved === null ? mergeNeighbours(conflict) : [{ ok: moved, a: [], b: [] }]) {
      if (merged === undefined) conflicts.push({ line: lineOf(now, a), now: textOf(a), wanted: textOf(b) });
      lines.push(...(merged ?? a));
    }
  }
  return { text: lines.join(''), conflicts };
}

/** Where lines stand in a text, counted from 1. */
function lineOf(text: string, lines: readonly string[]): number {
  const at = text.indexOf(lines.join(''));
  return text.slice(0, Math.max(0, at)).split('\n').length;
}

/** The first line of some that says something. */
function textOf(lines: readonly string[]): string {
  return lines.map((line) => line.trim()).find((line) => line !== '') ?? '';
}

/**
 * The lines of now with the wanted ones in the place of those that they replace: where lines were only added around them, nothing is in
 * conflict. Null where a replaced line is not there once, as it was.
 */
function replaceWithin({ a, o, b }: Required<Region>['conflict']): readonly string[] | null {
  if (b.length !== o.length) return null;
  const merged = [...a];
  for (const [index, line] of o.entries()) {
    const wanted = b[index] ?? line;
    if (wanted === line) continue;
    const at = a.indexOf(line);
    if (at === -1 || a.indexOf(line, at + 1) !== -1) return null;
    merged[at] = wanted;
  }
  return merged;
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
