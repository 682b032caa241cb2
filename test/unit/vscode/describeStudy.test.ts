import { describe, expect, it } from 'vitest';
import { describeStudy, summarizeStudy } from '../../../src/vscode/studies/describeStudy.ts';
import { buildEpochs, buildMeasurement, buildStudy, buildTrial } from '../../fakes/buildStudy.ts';

const ended = { phase: 'ended', endedAt: 15_000, best: 0 } as const;

describe('describeStudy', () => {
  it('says what a study does before its first number', () => {
    expect(describeStudy(buildStudy())).toBe('preparing…');
    expect(describeStudy(buildStudy({ phase: 'starting' }))).toBe('starting…');
    expect(describeStudy(buildStudy({ phase: 'training', trials: [buildTrial({ state: 'running' })] }))).toBe('training…');
  });

  it('shows the epoch of how many, and its accuracy', () => {
    const trials = [buildTrial({ state: 'running', epochs: buildEpochs(3, 12) })];
    expect(describeStudy(buildStudy({ phase: 'training', trials }))).toBe('epoch 3/12 · 3.0 %');
  });

  it('leaves out how many where nobody knows', () => {
    const trials = [buildTrial({ state: 'running', epochs: buildEpochs(3) })];
    expect(describeStudy(buildStudy({ phase: 'training', trials }))).toBe('epoch 3 · 3.0 %');
  });

  it('names the result and the data that it is of', () => {
    const trials = [buildTrial({ result: buildMeasurement(0.8333) })];
    expect(describeStudy(buildStudy({ ...ended, state: 'complete', trials }))).toBe('accuracy 83.3 % · test');
  });

  it('leaves out the data where nobody knows it', () => {
    const trials = [buildTrial({ result: buildMeasurement(12.5, { name: 'mae', data: 'unknown' }) })];
    expect(describeStudy(buildStudy({ ...ended, state: 'complete', trials }))).toBe('MAE 12.5');
  });

  it('shows the best trial of a study, not the last', () => {
    const trials = [0.9, 0.95, 0.7].map((value, number) => buildTrial({ number, result: buildMeasurement(value) }));
    expect(describeStudy(buildStudy({ ...ended, kind: 'study', state: 'complete', best: 1, trials }))).toBe(
      'accuracy 95.0 % · test',
    );
  });

  it('gives the reason of a failure in one sentence', () => {
    const reason = 'The script imports cv2, which is not installed. Add it to requirements.txt.';
    expect(describeStudy(buildStudy({ ...ended, best: null, state: 'failed', reason }))).toBe(
      'The script imports cv2, which is not installed',
    );
  });

  it('does not cut a sentence at a version or a decimal', () => {
    const reason = 'NameError in train.py, line 7: name is not 0.5 but 1.5.2';
    expect(describeStudy(buildStudy({ ...ended, best: null, state: 'failed', reason }))).toBe(reason);
  });

  it('says so where a run that ended well reported nothing, or no number', () => {
    expect(describeStudy(buildStudy({ ...ended, state: 'complete', trials: [buildTrial()] }))).toBe('no metric was reported');
    const trials = [buildTrial({ result: buildMeasurement(null) })];
    expect(describeStudy(buildStudy({ ...ended, state: 'complete', trials }))).toBe('accuracy not a number · test');
  });

  it('keeps a cancelled run apart from one without a metric', () => {
    expect(
      describeStudy(buildStudy({ ...ended, best: null, state: 'cancelled', trials: [buildTrial({ state: 'cancelled' })] })),
    ).toBe('cancelled');
  });
});

describe('summarizeStudy', () => {
  it('leaves out what is not known yet', () => {
    expect(summarizeStudy(buildStudy())).toBe('train.py');
    expect(summarizeStudy(buildStudy({ ...ended, image: 'hone/sklearn:1' }))).toBe('train.py · 14 s · hone/sklearn:1');
  });
});
