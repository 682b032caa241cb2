import type { Assignment, HyperparameterValue } from '../../../../src/core/space/Assignment.ts';
import type { SearchRange, SearchSpace } from '../../../../src/core/space/SearchSpace.ts';

/** Numbers in [0, 1) from a seed: the mulberry32 generator. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Some hyperparameters of a space, each with a value from its range. */
export function randomAssignment({ hyperparameters }: SearchSpace, random: () => number): Assignment {
  const chosen = hyperparameters.filter(() => random() < 0.5);
  return Object.fromEntries(chosen.map(({ id, range }) => [id, pick(range, random)]));
}

/** Some structural edits of a space, each with a number of layers from its range. */
export function randomStructure({ structure }: SearchSpace, random: () => number): Readonly<Record<string, number>> {
  const chosen = structure.filter(() => random() < 0.6);
  return Object.fromEntries(chosen.map(({ id, min, max }) => [id, min + Math.floor(random() * (max - min + 1))]));
}

/** All hyperparameters and structural edits of a space at the upper or lower ends of their ranges. */
export function extremeAssignment({ hyperparameters, structure }: SearchSpace, upper: boolean): Assignment {
  const end = (range: SearchRange): HyperparameterValue => {
    if (range.kind !== 'categorical') return upper ? range.high : range.low;
    const ordered = range.choices.toSorted((a, b) => Number(JSON.stringify(a) > JSON.stringify(b)) - 0.5);
    return (upper ? ordered.at(-1) : ordered[0]) ?? null;
  };
  return Object.fromEntries([
    ...hyperparameters.map(({ id, range }) => [id, end(range)] as const),
    ...structure.map(({ id, min, max }) => [id, upper ? max : min] as const),
  ]);
}

function pick(range: SearchRange, random: () => number): HyperparameterValue {
  if (range.kind === 'categorical') return range.choices[Math.floor(random() * range.choices.length)] ?? null;
  const { low, high, log } = range;
  const value = log ? low * (high / low) ** random() : low + (high - low) * random();
  return range.kind === 'int' ? Math.round(value) : Number(value.toPrecision(6));
}
