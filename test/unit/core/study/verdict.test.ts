import { describe, expect, test } from 'vitest';
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
  test('ends once it is not among the best quarter of the others after a fifth of its epochs', () => {
    expect(verdict(buildPlan(), studyOf(), trained(9, 2, 0.7))).toBe(
      'Its accuracy on validation data, 0.701 at best after 2 epochs, is not among the best quarter of the others, 0.726.',
    );
  });

  test.each([
    ['before a fifth of its epochs', studyOf(), trained(9, 1, 0.1)],
    ['among the best quarter', studyOf(), trained(9, 2, 0.74)],
    ['with fewer than four others', studyOf({ trials: studyOf().trials.slice(1) }), trained(9, 2, 0.1)],
    [
      'where its epochs tell another number than the objective',
      studyOf({ objective: { ...onValidation, data: 'test' } }),
      trained(9, 2, 0.1),
    ],
    ['where it is run to compare', studyOf(), trained(9, 2, 0.1, { purpose: 'reduction' })],
  ])('goes on %s', (_, study, trial) => expect(verdict(buildPlan(), study, trial)).toBeNull());

  test('that has more epochs than the script has to be ahead of half of the others only, up to as many as those', () => {
    const longer = (done: number, height: number): Trial => {
      const { epochs, ...rest } = trained(9, done, height);
      return buildTrial({ ...rest, epochs: epochs.map((epoch) => ({ ...epoch, epochs: 30 })) });
    };
    expect(verdict(buildPlan(), studyOf(), longer(8, 0.66))).toBeNull();
    expect(verdict(buildPlan(), studyOf(), longer(8, 0.64))).toContain('is behind half of the others, 0.657');
    expect(verdict(buildPlan(), studyOf(), longer(11, 0.66))).toContain('is not among the best quarter');
  });

  test('ends at once where its loss is no number', () => {
    const epochs = [{ epoch: 1, epochs: 10, metrics: { val_loss: null, accuracy: 0.1 } }];
    expect(verdict(buildPlan(), buildStudy(), buildTrial({ epochs, purpose: 'reduction' }))).toBe(
      'Its loss is no finite number any more.',
    );
    expect(verdict({ ...buildPlan(), search: null }, buildStudy(), buildTrial({ epochs }))).toBeNull();
  });
});
