import { describe, expect, it } from 'vitest';
import { compareValues, studyValueOf, type StudyValue } from '../../../../src/core/study/compareValues.ts';
import { parseEarlierResult } from '../../../../src/core/study/parseEarlierResult.ts';
import { studyDocument } from '../../../../src/core/study/studyDocument.ts';
import type { Study } from '../../../../src/core/study/Study.ts';
import { buildMeasurement, buildStudy, buildTrial } from '../../../fakes/buildStudy.ts';

const ACCURACY = { name: 'accuracy', data: 'test', direction: 'maximize' } as const;

function value(number: number, error: number | null = 0.01, metric: StudyValue['metric'] = ACCURACY): StudyValue {
  return { study: 'before', metric, value: number, error };
}

function studyOf(measured: number, rows: number | null): Study {
  return buildStudy({ trials: [buildTrial({ result: buildMeasurement(measured, { rows }) })], best: 0, endedAt: 1 });
}

describe('compareValues', () => {
  it('calls worse only what chance does not explain', () => {
    expect(compareValues(value(0.93), value(0.95))).toMatchObject({ worse: false, noise: 1.645 * Math.hypot(0.01, 0.01) });
    expect(compareValues(value(0.92), value(0.95))).toMatchObject({ worse: true, study: 'before', value: 0.95 });
    expect(compareValues(value(0.99), value(0.95))).toMatchObject({ worse: false });
  });

  it('knows which way is worse', () => {
    const error = { ...ACCURACY, name: 'mse', direction: 'minimize' } as const;
    expect(compareValues(value(4, 0.1, error), value(3, 0.1, error))).toMatchObject({ worse: true });
    expect(compareValues(value(3, 0.1, error), value(4, 0.1, error))).toMatchObject({ worse: false });
  });

  it('takes the noise of the one for the other, and none for none', () => {
    expect(compareValues(value(0.93, null), value(0.95))).toMatchObject({ worse: false });
    expect(compareValues(value(0.9499, null), value(0.95, null))).toMatchObject({ worse: true, noise: null });
    expect(compareValues(value(0.95, null), value(0.95, null))).toMatchObject({ worse: false });
  });

  it('compares nothing but like with like', () => {
    expect(compareValues(value(0.5), value(0.9, 0.01, { ...ACCURACY, data: 'train' }))).toBeNull();
    expect(compareValues(value(0.5), value(0.9, 0.01, { ...ACCURACY, name: 'auc' }))).toBeNull();
  });
});

describe('a result that is kept', () => {
  it('tells the next build what it came to, with what the size of the evaluation set leaves open', () => {
    const kept = parseEarlierResult(JSON.stringify(studyDocument(studyOf(0.9, 100), 2)));
    expect(kept).toMatchObject({ study: 'digits-1', metric: ACCURACY, value: 0.9 });
    expect(kept).toEqual(studyValueOf(studyOf(0.9, 100)));
    expect((kept as StudyValue).error).toBeCloseTo(0.03, 2);
  });

  it('is refused where it is none', () => {
    expect(parseEarlierResult(JSON.stringify(studyDocument(buildStudy(), 2)))).toBe('none');
    for (const text of ['', '[]', '{"version":2}', '{"version":1,"study":"a","metric":null}'])
      expect(parseEarlierResult(text)).toBeNull();
  });
});
