import type { Assignment } from '../../space/Assignment.ts';
import type { SuggestRequest } from '../SuggestRequest.ts';
import { seededRandom } from './seededRandom.ts';

/** A point drawn evenly from the space, in logarithms where a range is logarithmic. The same request has the same answer. */
export function drawAtRandom({ dimensions, seed, trial }: Pick<SuggestRequest, 'dimensions' | 'seed' | 'trial'>): Assignment {
  const random = seededRandom('draw', seed, trial);
  return Object.fromEntries(
    dimensions.map(({ id, range }) => {
      if (range.kind === 'categorical') return [id, range.choices[Math.floor(random() * range.choices.length)] ?? null];
      const [low, high] = range.log ? [Math.log(range.low), Math.log(range.high)] : [range.low, range.high];
      const drawn = low + random() * (high - low);
      const value = range.log ? Math.exp(drawn) : drawn;
      return [id, Math.min(range.high, Math.max(range.low, range.kind === 'int' ? Math.round(value) : value))];
    }),
  );
}
