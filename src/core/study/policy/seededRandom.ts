/** Numbers within 0..1 that the same seeds give again (mulberry32 over an FNV-1a hash). */
export function seededRandom(...seeds: readonly (number | string)[]): () => number {
  let state = hash(seeds.join('/'));
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A seed for a repeat, 1 to 2³¹ - 1, that differs from all others of the study. */
export function freshSeed(...seeds: readonly (number | string)[]): number {
  return 1 + Math.floor(seededRandom('seed', ...seeds)() * (2 ** 31 - 1));
}

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value >>> 0;
}
