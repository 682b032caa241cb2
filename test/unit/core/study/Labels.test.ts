import { describe, expect, test } from 'vitest';
import { checkLabels, withLabels } from '../../../../src/core/study/Labels.ts';
import { buildStudy } from '../../../fakes/buildStudy.ts';

describe('labels', () => {
  test('replace only what was given', () => {
    const study = buildStudy({ name: 'started so', note: null });
    expect(withLabels(study, { note: 'odd' })).toMatchObject({ name: 'started so', note: 'odd' });
    expect(withLabels(study, { name: null })).toMatchObject({ name: null });
  });

  test('are trimmed, and nothing where they are blank', () => {
    expect(checkLabels({ name: '  best \n' })).toEqual({ name: 'best' });
    expect(checkLabels({ note: ' ' })).toEqual({ note: null });
  });

  test('of more than one line or of any length are refused as names', () => {
    expect(() => checkLabels({ name: 'a\nb' })).toThrow(/one line/);
    expect(() => checkLabels({ name: 'a'.repeat(81) })).toThrow(/at most 80 characters/);
    expect(checkLabels({ note: 'a\nb' })).toEqual({ note: 'a\nb' });
  });
});
