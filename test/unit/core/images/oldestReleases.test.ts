import { describe, expect, test } from 'vitest';
import { fitToPython } from '../../../../src/core/images/oldestReleases.ts';
import { parseRequirement } from '../../../../src/core/images/Requirement.ts';

function fit(line: string, python = '3.11'): string | undefined {
  return fitToPython([parseRequirement(line)], python).requirements[0]?.text;
}

describe('a wished release', () => {
  test.each([
    ['numpy==1.19.5', 'numpy==1.23.*'],
    ['tensorflow==2.4.1', 'tensorflow==2.12.*'],
    ['tensorflow-cpu<2', 'tensorflow-cpu==2.12.*'],
    ['scikit-learn~=0.24', 'scikit-learn==1.1.*'],
    ['pandas>=1.0,<=1.2.5; os_name == "posix"', 'pandas==1.5.*; os_name == "posix"'],
  ])('%s that is too old for Python becomes %s', (line, fitted) => {
    expect(fit(line)).toBe(fitted);
  });

  test.each(['numpy==1.26.4', 'numpy>=1.19', 'numpy>=1.19,<2', 'numpy~=1.20', 'tqdm==1.0', 'torch'])(
    '%s that can be had stays',
    (line) => {
      expect(fit(line)).toBe(line);
    },
  );

  test('is told', () => {
    expect(fitToPython([parseRequirement('numpy==1.19.5')], '3.11').notes).toEqual([
      'numpy 1.19.5 has no build for Python 3.11: it is numpy 1.23 instead.',
    ]);
  });
});
