import { expect, test } from 'vitest';
import { describeOutdated } from '../../../../src/core/report/describeOutdated.ts';
import { buildMeasurement, buildStudy, buildTrial } from '../../../fakes/buildStudy.ts';

test('the value of a trial is said to be of the text that it ran', () => {
  const trial = buildTrial({ number: 3, result: buildMeasurement(0.974) });
  const said = (...paths: readonly string[]): string | null => describeOutdated(buildStudy(), trial, paths);
  expect(said('train.py')).toBe('train.py has changed since it was measured: 97.4 % is of the text before.');
  expect(said('train.py', 'net.py')).toMatch(
    /^train\.py, net\.py have changed since they were measured: .* of the texts before/u,
  );
  expect(said()).toBeNull();
  expect(describeOutdated(buildStudy(), buildTrial({ number: 3 }), ['a.py'])).toBe('a.py has changed since trial 3 ran.');
});
