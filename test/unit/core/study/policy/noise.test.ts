import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../../../src/core/study/policy/seededRandom.ts';
import { buildPlan } from '../../../../fakes/buildPlan.ts';
import { finishStudy, simulateStudy } from '../../../../fakes/simulateStudy.ts';

const MEAN = 0.9;
const SPREAD = 0.01;
const STUDIES = 200;

/** How many of the studies of a metric that no setting changes claim the target. */
function claims(target: number): number {
  let claimed = 0;
  for (let seed = 0; seed < STUDIES; seed++) {
    const random = seededRandom('noise', target, seed);
    const noise = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const plan = buildPlan({ budget: { trials: 20, minutes: null, patience: null } }, { seed, target });
    const { study } = finishStudy(simulateStudy(plan, () => ({ value: MEAN + SPREAD * noise() })));
    if (study.state === 'target-reached') claimed++;
  }
  return claimed;
}

describe('a search on a metric that no setting changes', { timeout: 60_000 }, () => {
  test.each([
    ['the true mean', MEAN, 16],
    ['half a deviation above it', MEAN + SPREAD / 2, 16],
  ])('hardly ever claims a target at %s', (_, target, most) => expect(claims(target)).toBeLessThanOrEqual(most));

  test('claims one that is clearly below it', () => expect(claims(MEAN - 3 * SPREAD)).toBeGreaterThan(STUDIES * 0.9));
});
