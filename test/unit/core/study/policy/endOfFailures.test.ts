import { expect, test } from 'vitest';
import { endOfFailingTail } from '../../../../../src/core/study/policy/endOfFailures.ts';
import { buildStudy, buildTrial } from '../../../../fakes/buildStudy.ts';

const good = [buildTrial({ number: 0 }), buildTrial({ number: 1 })];
const failed = (count: number, reason: string) =>
  Array.from({ length: count }, (_, index) => buildTrial({ number: 2 + index, state: 'failed', reason }));

test('a search ends where trial after trial fails for one cause', () => {
  const study = buildStudy({ trials: [...good, ...failed(10, 'It broke.')] });
  expect(endOfFailingTail(study)).toBe('its last 10 trials all failed with "It broke"');
});

test('it goes on after fewer, after others, and while one is well', () => {
  expect(endOfFailingTail(buildStudy({ trials: [...good, ...failed(9, 'It broke.')] }))).toBeNull();
  expect(endOfFailingTail(buildStudy({ trials: [...good, ...failed(9, 'It broke.'), ...failed(1, 'Another.')] }))).toBeNull();
  expect(endOfFailingTail(buildStudy({ trials: [...failed(10, 'It broke.'), ...good] }))).toBeNull();
});
