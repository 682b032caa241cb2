import { applyEdits, type Replacement } from '../applyEdits.ts';
import type { StructuralChange, TextRange } from '../SearchSpace.ts';

/**
 * Joins the edits of values in a text with structural changes to it. A removal voids all that lies within it; of several texts for one
 * range the last is taken; what is inserted at one place stands there in the order of the changes.
 */
export function withStructure(
  text: string,
  values: readonly Replacement[],
  changes: readonly StructuralChange[],
): readonly Replacement[] {
  const removals = outermost(changes.filter((change) => change.pieces.length === 0));
  const kept = changes.filter((change) => change.pieces.length > 0 && !removals.some((removal) => isWithin(change, removal)));
  const written = new Map<string, Replacement>();
  const once = new Set<string>();
  for (const change of kept) {
    const { start, end } = change;
    const added = change.pieces.map((piece) => (typeof piece === 'string' ? piece : copied(text, piece, values))).join('');
    const key = `${start}:${end}`;
    if (change.once === true && once.has(`${key}:${added}`)) continue;
    if (change.once === true) once.add(`${key}:${added}`);
    const before = start === end ? (written.get(key)?.text ?? '') : '';
    written.set(key, { start, end, text: before + added });
  }
  const taken = [...removals, ...[...written.values()].filter(({ start, end }) => end > start)];
  return [
    ...values.filter((value) => !taken.some((range) => value.start < range.end && range.start < value.end)),
    ...removals.map(({ start, end }) => ({ start, end, text: '' })),
    ...written.values(),
  ];
}

function copied(text: string, { start, end }: TextRange, values: readonly Replacement[]): string {
  const inner = values.filter((value) => start <= value.start && value.end <= end);
  return applyEdits(
    text.slice(start, end),
    inner.map((value) => ({ ...value, start: value.start - start, end: value.end - start })),
  );
}

/** Strictly within, where nothing stands that is inserted at one of its ends. */
function isWithin(change: TextRange, removal: TextRange): boolean {
  if (change.start === change.end) return removal.start < change.start && change.start < removal.end;
  return removal.start <= change.start && change.end <= removal.end;
}

/** Ranges once each, without those within others. */
function outermost(ranges: readonly TextRange[]): TextRange[] {
  return ranges
    .filter((range, index) => ranges.findIndex(({ start, end }) => start === range.start && end === range.end) === index)
    .filter((range) => !ranges.some((other) => other !== range && isWithin(range, other) && !isWithin(other, range)));
}
