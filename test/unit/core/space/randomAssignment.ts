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

function pick(range: SearchRange, random: () => number): HyperparameterValue {
  if (range.kind === 'categorical') return range.choices[Math.floor(random() * range.choices.length)] ?? null;
  const { low, high, log } = range;
  const value = log ? low * (high / low) ** random() : low + (high - low) * random();
  return range.kind === 'int' ? Math.round(value) : Number(value.toPrecision(6));
}
