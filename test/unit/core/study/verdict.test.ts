import { describe, expect, test } from 'vitest';
import { RANDOM_ORIGIN, TPE_ORIGIN } from '../../../../src/core/study/policy/suggestRequest.ts';
import type { Study, Trial } from '../../../../src/core/study/Study.ts';
import { verdict } from '../../../../src/core/study/verdict.ts';
import { buildPlan } from '../../../fakes/buildPlan.ts';
import { buildStudy, buildTrial } from '../../../fakes/buildStudy.ts';

const onValidation = { name: 'accuracy', data: 'validation', source: 'hook', direction: 'maximize' } as const;

/** A trial of ten epochs of which some are done, each a little better than the last. */
function trained(number: number, done: number, height: number, parts: Partial<Trial> = {}): Trial {
  const epochs = Array.from({ length: done }, (_, index) => ({
    epoch: index + 1,
    epochs: 10,
    metrics: { loss: 1, val_accuracy: height + index / 1000 },
  }));
  return buildTrial({ number, epochs, purpose: 'search', ...parts });
}

function studyOf(parts: Partial<Study> = {}): Study {
  return buildStudy({
    objective: onValidation,
    trials: [0.5, 0.6, 0.7, 0.8].map((height, index) => trained(index, 10, height)),
    ...parts,
  });
}

describe('a trial that searches', () => {
  test('ends once a fifth of its epochs is behind three quarters of the others', () => {
    expect(verdict(buildPlan(), studyOf(), trained(9, 2, 0.55))).toBe(
      'Its accuracy on validation data, 0.551 at best after 2 epochs, is behind three quarters of the others, 0.576.',
    );
  });

  test('has to be ahead of half of them from two fifths of its epochs on', () => {
    expect(verdict(buildPlan(), studyOf(), trained(9, 3, 0.6))).toBeNull();
    expect(verdict(buildPlan(), studyOf(), trained(9, 4, 0.6))).toBe(
      'Its accuracy on validation data, 0.603 at best after 4 epochs, is behind half of the others, 0.653.',
    );
  });

  test.each([TPE_ORIGIN, RANDOM_ORIGIN])('has to be among the best quarter of them where it was %s', (origin) => {
    expect(verdict(buildPlan(), studyOf(), trained(9, 2, 0.7, { origin }))).toBe(
      'Its accuracy on validation data, 0.701 at best after 2 epochs, is not among the best quarter of the others, 0.726.',
    );
    expect(verdict(buildPlan(), studyOf(), trained(9, 2, 0.74, { origin }))).toBeNull();
  });

  test.each([
    ['before a fifth of its epochs', studyOf(), trained(9, 1, 0.1)],
    ['in the last fifth of its epochs', studyOf(), trained(9, 8, 0.1)],
    ['ahead of a quarter of the others', studyOf(), trained(9, 2, 0.58)],
    ['with fewer than four others', studyOf({ trials: studyOf().trials.slice(1) }), trained(9, 2, 0.1)],
    [
      'where its epochs tell another number than the objective',
      studyOf({ objective: { ...onValidation, data: 'test' } }),
      trained(9, 2, 0.1),
    ],
    ['where it is run to compare', studyOf(), trained(9, 2, 0.1, { purpose: 'reduction' })],
  ])('goes on %s', (_, study, trial) => expect(verdict(buildPlan(), study, trial)).toBeNull());

  test('ends at once where its loss is no number', () => {
    const epochs = [{ epoch: 1, epochs: 10, metrics: { val_loss: null, accuracy: 0.1 } }];
    expect(verdict(buildPlan(), buildStudy(), buildTrial({ epochs, purpose: 'reduction' }))).toBe(
      'Its loss is no finite number any more.',
    );
    expect(verdict({ ...buildPlan(), search: null }, buildStudy(), buildTrial({ epochs }))).toBeNull();
  });
});
