import { describe, expect, it } from 'vitest';
import { explainValues } from '../../../../src/core/report/explainValues.ts';
import { seededRandom } from '../../../../src/core/study/policy/seededRandom.ts';

const LEVEL = 0.05;

function draw(seed: number, count = 30): { random: () => number; numbers: () => readonly number[] } {
  const random = seededRandom('settings', seed);
  return { random, numbers: () => Array.from({ length: count }, random) };
}

describe('explainValues', () => {
  it('finds the settings that values come of, the clearest first, and leaves out what does nothing', () => {
    const { random, numbers } = draw(1);
    const [rate, units, nothing] = [numbers(), numbers(), numbers()];
    const values = rate.map((one, index) => 3 * one + (units[index] ?? 0) + 0.1 * random());
    const found = explainValues([nothing, units, rate], values, LEVEL);
    expect(found.map(({ column }) => column)).toEqual([2, 1]);
    expect(found[0]?.share).toBeGreaterThan(0.6);
    expect(found.reduce((sum, { share }) => sum + share, 0)).toBeLessThanOrEqual(1);
  });

  it('sees an optimum in the middle, and which of several names is good', () => {
    const { random, numbers } = draw(2);
    const rate = numbers();
    const kernel = rate.map(() => ['linear', 'poly', 'rbf'][Math.floor(3 * random())] ?? '');
    const peak = rate.map((one, index) => -((one - 0.5) ** 2) + (kernel[index] === 'poly' ? 0.4 : 0));
    expect(explainValues([rate, kernel], peak, LEVEL).map(({ column }) => column)).toHaveLength(2);
  });

  it('does not credit a setting for changing along with one that matters', () => {
    const { random, numbers } = draw(3);
    const rate = numbers();
    const follower = rate.map((one) => one + 0.5 * random());
    const values = rate.map((one) => one + 0.02 * random());
    expect(explainValues([follower, rate], values, LEVEL)).toMatchObject([{ column: 1 }]);
  });

  it('does not let one trial that failed to learn decide', () => {
    const { numbers } = draw(4);
    const [rate, other] = [numbers(), numbers()];
    const highest = other.indexOf(Math.max(...other));
    const values = rate.map((one, index) => (index === highest ? -1000 : one));
    expect(explainValues([rate, other], values, LEVEL)).toMatchObject([{ column: 0 }]);
  });

  it('claims something of pure chance in at most about one study of twenty', () => {
    const claims = Array.from({ length: 200 }, (_, seed) => {
      const { numbers } = draw(seed, 20);
      return explainValues([numbers(), numbers(), numbers(), numbers()], numbers(), LEVEL).length > 0;
    });
    expect(claims.filter(Boolean).length).toBeLessThanOrEqual(16);
  });

  it('has nothing to tell of values or settings that do not differ, or of more names than trials can tell apart', () => {
    const { numbers } = draw(5, 20);
    const same = numbers().map(() => 1);
    const names = same.map((_, index) => `name ${index}`);
    expect(explainValues([numbers()], same, LEVEL)).toEqual([]);
    expect(explainValues([same, names], numbers(), LEVEL)).toEqual([]);
  });
});
