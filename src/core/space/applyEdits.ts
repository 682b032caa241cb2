/** A range of a text and what is to stand there. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Replaces ranges of a text; all else stays as it is. Equal replacements count once; overlapping ones throw a RangeError. */
export function applyEdits(text: string, replacements: readonly Replacement[]): string {
  const ordered = [...replacements].sort((a, b) => a.start - b.start || a.end - b.end);
  const pieces: string[] = [];
  let at = 0;
  let last: Replacement | null = null;
  for (const replacement of ordered) {
    if (last !== null && last.start === replacement.start && last.end === replacement.end && last.text === replacement.text)
      continue;
    if (replacement.start < at || replacement.end > text.length) throw new RangeError(`Edits overlap at ${replacement.start}.`);
    pieces.push(text.slice(at, replacement.start), replacement.text);
    at = replacement.end;
    last = replacement;
  }
  return pieces.join('') + text.slice(at);
}
